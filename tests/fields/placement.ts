// Where the fields of placement put a pod. Nodes 1 and 3 are in the zone east, 2 and 4 in west; node 5, which nobody else gets
// for its taint, has the label hall=b, node 1 hall=a; node 6 is for the pods that tolerate its taint.
import { apply, type Scene, type Side, type Stage } from './scenes.ts'

const classes = [
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'meek' },
    value: 1000,
    preemptionPolicy: 'Never',
  },
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'plain' }, handler: 'runc' },
  {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'heavy' },
    handler: 'runc',
    overhead: { podFixed: { cpu: '100' } },
  },
]
export const placementStage: Stage = {
  options: { workers: 6 },
  begin: [
    'kubectl label node k8s-node1 k8s-node3 topology.kubernetes.io/zone=east',
    'kubectl label node k8s-node2 k8s-node4 topology.kubernetes.io/zone=west',
    'kubectl label node k8s-node1 hall=a',
    'kubectl label node k8s-node5 hall=b',
    'kubectl taint node k8s-node5 k8s-node6 own=x:NoSchedule',
    ...classes.map(each => `echo '${JSON.stringify(each)}' | kubectl apply -f -`),
  ],
}
export const placementScenes: Scene[] = []
const scene = (fields: string, without: Side, having: Side) => {
  for (const field of fields.split(' ')) placementScenes.push({ field, without, having })
}

const pod = (name: string, spec: object, labels: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'c', image: 'busybox', command: ['sleep', '36000'] }],
    ...spec,
  },
})
const on = (node: number, labels: object) =>
  pod(`anchor-${node}`, { nodeName: `k8s-node${node}` }, { app: 'anchor', ...labels })
/** The numbers of the nodes that the pods with `of=test` run on. */
const nodes = 'kn get pods -l of=test -o jsonpath=\'{range .items[*]}{.spec.nodeName}{"\\n"}{end}\' | sort -u'
/** Several pods, which without a wish come to several nodes. */
const several = (spec: object, anchors: object[] = []): Side => ({
  objects: [...anchors, ...[1, 2, 3].map(i => pod(`a-${i}`, spec, { of: 'test' }))],
  script: nodes,
})
/** One pod, which may find no place. */
const one = (spec: object, anchors: object[], labels: object = {}): Side => ({
  objects: [...anchors, pod('a', spec, { of: 'test', ...labels })],
  script: `[ -n "$(${nodes})" ] && echo has a place`,
})

const onNode = (node: number) => ({
  matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [`k8s-node${node}`] }],
})
const prefersNodes = (...preferred: [number, number][]) => ({
  affinity: {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map(([node, weight]) => ({
        weight,
        preference: onNode(node),
      })),
    },
  },
})
scene(
  'NodeAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  several({}),
  several(prefersNodes([3, 100])),
)
scene('PreferredSchedulingTerm.preference', several(prefersNodes([3, 100])), several(prefersNodes([4, 100])))
scene(
  'PreferredSchedulingTerm.weight',
  several(prefersNodes([3, 100], [4, 1])),
  several(prefersNodes([3, 1], [4, 100])),
)
const host = 'kubernetes.io/hostname'
const term = (labels: object, topologyKey = host) => ({ labelSelector: { matchLabels: labels }, topologyKey })
const prefers = (kind: 'podAffinity' | 'podAntiAffinity', ...preferred: [object, number][]) => ({
  affinity: {
    [kind]: {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map(([podAffinityTerm, weight]) => ({
        weight,
        podAffinityTerm,
      })),
    },
  },
})
const anchors = [on(3, { at: 'three' }), on(4, { at: 'four' })]
const [three, four] = [term({ at: 'three' }), term({ at: 'four' })]
scene(
  'PodAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  several({}, anchors),
  several(prefers('podAffinity', [three, 100]), anchors),
)
scene(
  'WeightedPodAffinityTerm.podAffinityTerm',
  several(prefers('podAffinity', [three, 100]), anchors),
  several(prefers('podAffinity', [four, 100]), anchors),
)
scene(
  'WeightedPodAffinityTerm.weight',
  several(prefers('podAffinity', [three, 100], [four, 1]), anchors),
  several(prefers('podAffinity', [three, 1], [four, 100]), anchors),
)
const allButOne = [1, 2, 3].map(node => on(node, {}))
scene(
  'PodAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  several({}, allButOne),
  several(prefers('podAntiAffinity', [term({ app: 'anchor' }), 100]), allButOne),
)
const requires = (more: object) => ({
  affinity: {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ ...term({ app: 'anchor' }), ...more }],
    },
  },
})
const version = (v: string) => ({ v })
scene(
  'PodAffinityTerm.matchLabelKeys',
  one(requires({}), [on(3, version('1'))], version('2')),
  one(requires({ matchLabelKeys: ['v'] }), [on(3, version('1'))], version('2')),
)
scene(
  'PodAffinityTerm.mismatchLabelKeys',
  one(requires({}), [on(3, version('1'))], version('1')),
  one(requires({ mismatchLabelKeys: ['v'] }), [on(3, version('1'))], version('1')),
)

// A pod for the zone east, where there is one already and none in west: one too many, where west counts.
const zone = 'topology.kubernetes.io/zone'
const spread = (more: object) => ({
  nodeSelector: { [zone]: 'east' },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: zone,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'anchor' } },
      nodeAffinityPolicy: 'Ignore',
      ...more,
    },
  ],
})
const app = { app: 'anchor' }
const inEast = [on(1, version('1'))]
const crowded = one(spread({}), inEast, { ...app, ...version('2') })
const unlike = (more: object) => one(spread(more), inEast, { ...app, ...version('2') })
scene('TopologySpreadConstraint.maxSkew', crowded, unlike({ maxSkew: 2 }))
scene(
  'TopologySpreadConstraint.labelSelector',
  crowded,
  unlike({ labelSelector: { matchLabels: { no: 'one' } } }),
)
scene('TopologySpreadConstraint.matchLabelKeys', crowded, unlike({ matchLabelKeys: ['v'] }))
scene('TopologySpreadConstraint.nodeAffinityPolicy', crowded, unlike({ nodeAffinityPolicy: 'Honor' }))
const inBoth = [on(1, {}), on(2, {})]
scene(
  'TopologySpreadConstraint.minDomains',
  one(spread({}), inBoth, app),
  one(spread({ minDomains: 3 }), inBoth, app),
)
// Of the two halls one is closed by a taint.
const halls = (more: object) => ({ ...spread({ topologyKey: 'hall', ...more }), nodeSelector: {} })
scene(
  'TopologySpreadConstraint.nodeTaintsPolicy',
  one(halls({}), inEast, app),
  one(halls({ nodeTaintsPolicy: 'Honor' }), inEast, app),
)

const tolerates = (...more: object[]) => ({
  nodeSelector: { [host]: 'k8s-node6' },
  tolerations: [{ key: 'own', operator: 'Exists' }, ...more],
})
const burning = (toleration: object): Side => ({
  objects: [pod('a', tolerates({ key: 'fire', operator: 'Exists', effect: 'NoExecute', ...toleration }))],
  script:
    'kubectl taint node k8s-node6 fire=x:NoExecute >/dev/null; sleep 20; kn get pod a --no-headers 2>&1 | grep -oE "Running|not found"; kubectl taint node k8s-node6 fire- >/dev/null',
})
scene('Toleration.tolerationSeconds', burning({}), burning({ tolerationSeconds: 5 }))

// A node that has room for one of two.
const large = (name: string, spec: object) =>
  pod(name, {
    ...tolerates(),
    nodeSelector: { [host]: 'k8s-node5' },
    terminationGracePeriodSeconds: 1,
    containers: [
      { name: 'c', image: 'busybox', command: ['sleep', '36000'], resources: { requests: { cpu: '1100m' } } },
    ],
    ...spec,
  })
const second = (spec: object): Side => ({
  script: `${apply(large('first', {}))}; sleep 10; echo '${JSON.stringify(large('second', spec))}' | kn apply -f - 2>&1 | grep -oE "created|must not be.*|not found|Overhead.*"; sleep 20; kn get pods --no-headers | grep -oE "^[a-z]+|Running|Pending"; kn delete pods --all >/dev/null; sleep 3`,
})
scene('PodSpec.priorityClassName', second({}), second({ priorityClassName: 'high' }))
scene(
  'PodSpec.preemptionPolicy',
  second({ priorityClassName: 'high' }),
  second({ priorityClassName: 'meek', preemptionPolicy: 'Never' }),
)
scene('PodSpec.priority', second({}), second({ priority: 1000 }))
scene('PodSpec.runtimeClassName', second({}), second({ runtimeClassName: 'missing' }))

// Claims of devices, which nobody has.
const claim = (name: string) => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: { name },
  spec: { devices: { requests: [{ name: 'one', exactly: { deviceClassName: 'gpu' } }] } },
})
const claiming = (resourceClaims: object[], claims: object[] = []): Side => ({
  script: `${apply(claim('a'))}; echo '${JSON.stringify(
    pod('a', {
      resourceClaims,
      containers: [{ name: 'c', image: 'busybox', command: ['sleep', '36000'], resources: { claims } }],
    }),
  )}' | kn apply -f - 2>&1 | grep -oE "created|must be one of.*"; sleep 40; kn get pod a -o jsonpath='{.status.phase} {.status.conditions[*].message}' 2>/dev/null`,
})
const of = (resourceClaimName: string, name = 'gpu') => [{ name, resourceClaimName }]
scene('PodSpec.resourceClaims', claiming([]), claiming(of('a')))
scene('PodResourceClaim.resourceClaimName', claiming(of('missing')), claiming(of('a')))
scene(
  'PodResourceClaim.name',
  claiming(of('a'), [{ name: 'gpu' }]),
  claiming(of('a', 'disk'), [{ name: 'gpu' }]),
)
scene(
  'ResourceRequirements.claims ResourceClaim.name',
  claiming(of('a')),
  claiming(of('a'), [{ name: 'another' }]),
)
const overhead = (runtimeClassName: string): Side => one({ runtimeClassName }, [])
scene('PodSpec.overhead', overhead('plain'), overhead('heavy'))
