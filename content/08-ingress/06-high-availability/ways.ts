// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const deployment = '-n ingress-nginx deployment ingress-nginx-controller'
const patch = (spec: object) =>
  `kk patch deployment -n ingress-nginx ingress-nginx-controller -p '${JSON.stringify({ spec })}'`
const scale = (replicas: number) => `kk scale ${deployment} --replicas=${replicas}`
const noSurge = { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } }
const selector = (nodeSelector: object) => ({ template: { spec: { nodeSelector } } })
/** The same by required affinity to nodes. */
const near = (key: string, value: string) => ({
  template: {
    spec: {
      nodeSelector: null,
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values: [value] }] }],
          },
        },
      },
    },
  },
})
const label = 'kk label nodes k8s-node1 k8s-node2 ingress=true'
const file = (name: string) => `kk patch ${deployment} --patch-file ${name}`
const budget = 'kk apply -f controller-pdb.yaml'

export default {
  understudy: {
    right: {
      'labels, no surge, the patch, the budget': [
        label,
        patch(noSurge),
        file('controller-ha.yaml'),
        budget,
        60,
      ],
      'the budget first': [budget, label, patch(noSurge), file('controller-ha.yaml'), 60],
      'two replicas that happen to be apart, and a budget by command': [
        scale(2),
        'kk create poddisruptionbudget -n ingress-nginx door --selector=app.kubernetes.io/component=controller --min-available=1',
        60,
      ],
      'at most one away': [
        scale(2),
        'kk create poddisruptionbudget -n ingress-nginx door --selector=app.kubernetes.io/component=controller --max-unavailable=1',
        60,
      ],
    },
    wrong: {
      'no budget': [scale(2), 60],
      'a budget that allows nothing': [
        scale(2),
        'kk create poddisruptionbudget -n ingress-nginx door --selector=app.kubernetes.io/component=controller --min-available=2',
        60,
      ],
      'a budget for one': [budget, 60],
      'a budget in another namespace': [
        scale(2),
        'kk create poddisruptionbudget door --selector=app.kubernetes.io/component=controller --min-available=1',
        60,
      ],
    },
  },
  edge: {
    right: {
      'a label and a selector': [
        'kk label node k8s-node1 edge=true',
        patch({ replicas: 2, ...selector({ edge: 'true' }) }),
        60,
      ],
      'by the name of the node': [
        patch({ replicas: 2, ...selector({ 'kubernetes.io/hostname': 'k8s-node1' }) }),
        60,
      ],
      'by affinity': [patch({ replicas: 2, ...near('kubernetes.io/hostname', 'k8s-node1') }), 60],
      'scaled first': [scale(2), 'kk label node k8s-node1 edge=true', patch(selector({ edge: 'true' })), 60],
    },
    wrong: {
      'the other node cordoned': ['kk cordon k8s-node2', scale(2), `kk rollout restart ${deployment}`, 60],
      'a label that no node has': [patch({ replicas: 2, ...selector({ edge: 'true' }) }), 60],
      'labels on both': [
        'kk label nodes k8s-node1 k8s-node2 edge=true',
        patch({ replicas: 2, ...selector({ edge: 'true' }) }),
        60,
      ],
      'one replica': ['kk label node k8s-node1 edge=true', patch(selector({ edge: 'true' })), 60],
    },
  },
  'never-ends': {
    right: {
      'both at once': [patch({ ...noSurge, ...selector({ ingress: 'true' }) }), 90],
      'affinity in place of the selector': [patch({ ...noSurge, ...near('ingress', 'true') }), 90],
      'the file, and no surge': [
        'sed -i \'s/"yes"/"true"/\' controller-ha-broken.yaml',
        patch(noSurge),
        file('controller-ha-broken.yaml'),
        90,
      ],
      'scaled to zero in between': [patch(selector({ ingress: 'true' })), scale(0), 10, scale(2), 60],
    },
    wrong: {
      'the label alone: no third node': [patch(selector({ ingress: 'true' })), 120],
      'no surge alone: no node is called yes': [patch(noSurge), 120],
      'taken back': [`kk rollout undo ${deployment}`, 60],
      'the nodes labelled to fit': ['kk label nodes k8s-node1 k8s-node2 ingress=yes --overwrite', 120],
    },
  },
}
