// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const replace = 'kk replace --force -f pod-report-memory.yaml'
const resources = (limits: object, requests?: object) =>
  JSON.stringify({
    spec: {
      containers: [
        { name: 'till', image: 'nginx:1.10.1', resources: { limits, ...(requests && { requests }) } },
      ],
    },
  })
const till = (limits: object, requests?: object) =>
  `kk run till --image=nginx:1.10.1 --overrides='${resources(limits, requests)}'`

export default {
  breakfast: {
    right: {
      'the file, then replace --force': ["sed -i 's/64Mi/192Mi/' pod-report-memory.yaml", replace, 65],
      'delete, then apply the corrected text': [
        'kk delete pod report',
        "sed 's/64Mi/256Mi/' pod-report-memory.yaml | kk apply -f -",
        70,
      ],
      'in place, and patience': [
        `kk patch pod report --subresource resize -p '{"spec":{"containers":[{"name":"report","resources":{"limits":{"memory":"200Mi"}}}]}}'`,
        400,
      ],
    },
    wrong: {
      'no limit at all': ["sed -i '/limits/,$d' pod-report-memory.yaml", replace, 120],
      'more than there is for it': ["sed -i 's/64Mi/1Gi/' pod-report-memory.yaml", replace, 120],
      'still too little': ["sed -i 's/64Mi/96Mi/' pod-report-memory.yaml", replace, 200],
      'the request, not the limit': ["sed -i 's/32Mi/64Mi/' pod-report-memory.yaml", replace, 200],
      'fewer orders': ["sed -i 's/100M/10M/' pod-report-memory.yaml", replace, 120],
    },
  },
  'last-to-go': {
    right: {
      'limits alone': [till({ cpu: '250m', memory: '128Mi' }), 10],
      'requests written out': [
        till({ cpu: '0.25', memory: '128Mi' }, { cpu: '250m', memory: '131072Ki' }),
        10,
      ],
      'from the manifest of busy': [
        "sed 's/busy/till/; s/500m/250m/; s/64Mi/128Mi/' pod-busy.yaml | kk apply -f -",
        10,
      ],
    },
    wrong: {
      'smaller requests: Burstable': [till({ cpu: '250m', memory: '128Mi' }, { cpu: '100m' }), 20],
      'memory alone': [till({ memory: '128Mi' }), 20],
      'nothing at all': ['kk run till --image=nginx:1.10.1', 20],
      'other amounts': [till({ cpu: '500m', memory: '64Mi' }), 20],
    },
  },
  'never-starts': {
    right: {
      'the unit': [
        "sed -i 's/128m/128Mi/' pod-shop-memory.yaml",
        'kk replace --force -f pod-shop-memory.yaml',
        40,
      ],
      'decimal megabytes': [
        'kk delete pod shop',
        "sed 's/128m/128M/' pod-shop-memory.yaml | kk apply -f -",
        40,
      ],
      'kubectl run': [
        'kk delete pod shop',
        `kk run shop --image=nginx:1.10.1 --overrides='{"spec":{"containers":[{"name":"shop","image":"nginx:1.10.1","resources":{"limits":{"cpu":"500m","memory":"256Mi"}}}]}}'`,
        40,
      ],
    },
    wrong: {
      'no limits': [
        "sed -i '/resources/,$d' pod-shop-memory.yaml",
        'kk replace --force -f pod-shop-memory.yaml',
        60,
      ],
      'bytes again, only more of them': [
        "sed -i 's/128m/128/' pod-shop-memory.yaml",
        'kk replace --force -f pod-shop-memory.yaml',
        60,
      ],
      'made anew from the same file': ['kk replace --force -f pod-shop-memory.yaml', 120],
      'waiting for better weather': [1200],
    },
  },
}
