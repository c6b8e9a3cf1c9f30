// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const label = 'kk label node k8s-node2 disk=ssd'
const index = "sed 's/search/index/' pod-ssd.yaml | kk apply -f -"
const run = (name: string, spec: object, labels = '') =>
  `kk run ${name} --image=nginx:1.10.1 ${labels} --overrides='${JSON.stringify({ spec })}'`
const apart = (labels: object, strength = 'required') => ({
  affinity: {
    podAntiAffinity: {
      [`${strength}DuringSchedulingIgnoredDuringExecution`]: [
        strength === 'required'
          ? { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: labels } }
          : {
              weight: 100,
              podAffinityTerm: {
                topologyKey: 'kubernetes.io/hostname',
                labelSelector: { matchLabels: labels },
              },
            },
      ],
    },
  },
})
const selector = "sed -i 's/disk: sdd/disk: ssd/' pod-till-broken.yaml"
const tolerations = [{ key: 'only', operator: 'Exists', effect: 'NoSchedule' }]
const replace = 'kk replace --force -f pod-till-broken.yaml'

export default {
  'needs-ssd': {
    right: {
      'label, then the manifest under another name': [label, index, 10],
      'the pod first, which waits': [index, 20, label, 10],
      'node affinity': [
        label,
        run('index', {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }],
              },
            },
          },
        }),
        10,
      ],
    },
    wrong: {
      'the node by its name': [label, run('index', { nodeName: 'k8s-node2' }), 20],
      'by its hostname': [
        label,
        run('index', { nodeSelector: { 'kubernetes.io/hostname': 'k8s-node2' } }),
        20,
      ],
      'every node labelled': ['kk label nodes --all disk=ssd', index, 20],
      'the label on another node': ['kk label node k8s-node1 disk=ssd', index, 20],
    },
  },
  'never-together': {
    right: {
      'the manifest of the lesson under other names': [
        "sed 's/till-a/left/; s/till-b/right/' pods-apart.yaml | kk apply -f -",
        10,
      ],
      'only the second one minds': [
        'kk run left --image=nginx:1.10.1',
        5,
        run('right', apart({ run: 'left' })),
        10,
      ],
      'spread with a skew of one': [
        run('left', {}, '-l app=pair'),
        run(
          'right',
          {
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'DoNotSchedule',
                labelSelector: { matchLabels: { app: 'pair' } },
              },
            ],
          },
          '-l app=pair',
        ),
        10,
      ],
    },
    wrong: {
      'luck: the scheduler put them apart': [
        'kk run left --image=nginx:1.10.1',
        'kk run right --image=nginx:1.10.1',
        20,
      ],
      'a wish, not a rule': [
        'kk run left --image=nginx:1.10.1',
        5,
        run('right', apart({ run: 'left' }, 'preferred')),
        20,
      ],
      'a rule about somebody else': [
        'kk run left --image=nginx:1.10.1',
        5,
        run('right', apart({ app: 'till' })),
        20,
      ],
      'names of nodes': [run('left', { nodeName: 'k8s-node1' }), run('right', { nodeName: 'k8s-node2' }), 20],
    },
  },
  homeless: {
    right: {
      'both mended in the file': [
        selector,
        "sed -i 's/^spec:/spec:\\n  tolerations:\\n    - operator: Exists/' pod-till-broken.yaml",
        replace,
        10,
      ],
      'kubectl run with overrides': [
        'kk delete pod till',
        run('till', { nodeSelector: { disk: 'ssd' }, tolerations }),
        10,
      ],
      'the label corrected, the toleration added while it waits': [
        selector,
        replace,
        5,
        `kk patch pod till -p '{"spec":{"tolerations":[{"key":"only","operator":"Equal","value":"till","effect":"NoSchedule"}]}}'`,
        10,
      ],
    },
    wrong: {
      'only the label corrected': [selector, replace, 30],
      'the taint taken away': [selector, 'kk taint node k8s-node2 only-', replace, 20],
      'every other node closed': [
        "sed -i '/nodeSelector/d; /disk: sdd/d; s/^spec:/spec:\\n  tolerations: [{operator: Exists}]/' pod-till-broken.yaml",
        'kk cordon k8s-node1; kk cordon k8s-master',
        replace,
        20,
      ],
      'another label on the node': ['kk label node k8s-node2 disk=sdd --overwrite', 30],
      'the name of the node': ['kk delete pod till', run('till', { nodeName: 'k8s-node2', tolerations }), 20],
      'anywhere but there': ['kk delete pod till', 'kk run till --image=nginx:1.10.1', 20],
    },
  },
}
