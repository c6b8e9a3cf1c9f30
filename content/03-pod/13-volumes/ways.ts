// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const ledger = (volume: string, path = '/ledger') => [
  `sed -i 's|      readinessProbe:|      volumeMounts: [{name: pages, mountPath: ${path}}]\\n      readinessProbe:|' pod-ledger.yaml`,
  `printf '  volumes: [{name: pages, ${volume}}]\\n' >> pod-ledger.yaml`,
]
const replaceLedger = 'kk replace --force -f pod-ledger.yaml'
const onNode = 'hostPath: {path: /srv/ledger, type: DirectoryOrCreate}'
const site = (mounts: object[], volume: object) =>
  `kk run site --image=nginx:1.10.1 --overrides='${JSON.stringify({
    spec: {
      containers: [{ name: 'site', image: 'nginx:1.10.1', volumeMounts: mounts }],
      volumes: [{ name: 'v', ...volume }],
    },
  })}'`
const html = '/usr/share/nginx/html'
const opening = (volume: string) => [
  `sed -i 's|      command:|      volumeMounts: [{name: work, mountPath: /work}]\\n      command:|; s|^spec:|spec:\\n  volumes: [{name: work, ${volume}}]|' pod-opening-broken.yaml`,
  'kk replace --force -f pod-opening-broken.yaml',
]

export default {
  'second-page': {
    right: {
      'a directory of the node, replaced twice': [...ledger(onNode), replaceLedger, 5, replaceLedger, 10],
      'delete and apply': [
        ...ledger(onNode),
        'kk delete pod ledger --now',
        'kk apply -f pod-ledger.yaml',
        5,
        'kk delete pod ledger --now',
        'kk apply -f pod-ledger.yaml',
        10,
      ],
      'no type: the runtime makes the directory': [
        ...ledger('hostPath: {path: /data/pages}'),
        replaceLedger,
        5,
        replaceLedger,
        10,
      ],
    },
    wrong: {
      'an emptyDir goes with the pod': [...ledger('emptyDir: {}'), replaceLedger, 5, replaceLedger, 20],
      'an emptyDir and a restart: the same pod': [
        ...ledger('emptyDir: {}'),
        replaceLedger,
        10,
        'kk exec ledger -- kill 1',
        'kk delete pod ledger --now',
        'kk apply -f pod-ledger.yaml',
        20,
      ],
      'nothing has been kept yet: the first page': [...ledger(onNode), replaceLedger, 20],
      'the page before is written by hand': [
        replaceLedger,
        5,
        "kk exec ledger -- sh -c 'echo yesterday >> /ledger/pages'",
        20,
      ],
      'two pages at once': [
        "sed -i 's|          date|          date >> /ledger/pages\\n          date|' pod-ledger.yaml; sed -i 's/-ge 2/-ge 1/' pod-ledger.yaml",
        replaceLedger,
        20,
      ],
      'mounted somewhere else': [...ledger(onNode, '/pages'), replaceLedger, 5, replaceLedger, 20],
    },
  },
  'one-more-page': {
    right: {
      'the manifest of the lesson': ["sed 's/hours/offers/' pod-hours.yaml | kk apply -f -", 10],
      'kubectl run': [
        site([{ name: 'v', mountPath: `${html}/offers.html`, subPath: 'offers.html' }], {
          configMap: { name: 'offers' },
        }),
        10,
      ],
      'items under another name': [
        site([{ name: 'v', mountPath: `${html}/offers.html`, subPath: 'page' }], {
          configMap: { name: 'offers', items: [{ key: 'offers.html', path: 'page' }] },
        }),
        10,
      ],
    },
    wrong: {
      'the whole directory is hidden': ["sed 's/hours/offers/' pod-hours-hidden.yaml | kk apply -f -", 20],
      'a key that is not there becomes a directory': [
        site([{ name: 'v', mountPath: `${html}/offers.html`, subPath: 'offer.html' }], {
          configMap: { name: 'offers' },
        }),
        20,
      ],
      'without subPath: a directory of that name': [
        site([{ name: 'v', mountPath: `${html}/offers.html` }], { configMap: { name: 'offers' } }),
        20,
      ],
      'copied in by hand': [
        'kk run site --image=nginx:1.10.1',
        10,
        `kk exec site -- sh -c 'echo "old maps, half price" > ${html}/offers.html'`,
        5,
      ],
    },
  },
  'never-open': {
    right: {
      'an emptyDir': [...opening('emptyDir: {}'), 40],
      'one in memory': [...opening('emptyDir: {medium: Memory}'), 40],
      'one with a limit, deleted and applied': [
        ...opening('emptyDir: {sizeLimit: 1Mi}').slice(0, 1),
        'kk delete pod opening --now',
        'kk apply -f pod-opening-broken.yaml',
        45,
      ],
    },
    wrong: {
      'a directory of the node: something is left': [
        ...opening('hostPath: {path: /data/work, type: DirectoryOrCreate}'),
        60,
      ],
      'prepared by hand, until the next restart': [
        'kk replace --force -f pod-opening-broken.yaml',
        2,
        'kk exec opening -- touch /work/prepared',
        60,
      ],
      'without the exit': [
        "sed -i 's/exit 1/exec sleep 86400/' pod-opening-broken.yaml",
        'kk replace --force -f pod-opening-broken.yaml',
        60,
      ],
      'no preparation at all': [
        "sed -i 's/-f .work.prepared/-d \\/work/' pod-opening-broken.yaml",
        'kk replace --force -f pod-opening-broken.yaml',
        60,
      ],
    },
  },
}
