// What the fields of jobs, stateful sets and daemon sets do when pods end, are evicted or updated.
import type { Scene, Side } from './scenes.ts'

export const workloadScenes: Scene[] = []
const scene = (fields: string, without: Side, having: Side) => {
  for (const field of fields.split(' ')) workloadScenes.push({ field, without, having })
}

const labels = { app: 'a' }
const sleeping = { name: 'c', image: 'busybox', command: ['sleep', '36000'] }
const template = (spec: object = {}, own: object = labels) => ({
  metadata: { labels: own },
  spec: { terminationGracePeriodSeconds: 1, containers: [sleeping], ...spec },
})
const refusals = 'grep -oE "created|spec.selector: .*|spec.template.metadata.labels: .*"'
const applied = (object: object): Side => ({
  script: `echo '${JSON.stringify(object)}' | kn apply -f - 2>&1 | ${refusals}`,
})

// Jobs.
const job = (spec: object) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'a' },
  spec: { template: template({ restartPolicy: 'Never' }), ...spec },
})
const orphan = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'lone', labels },
  spec: { restartPolicy: 'Never', containers: [sleeping] },
}
const adopting = (more: object): Side => ({
  objects: [orphan, job(more)],
  script: 'kn get pods --no-headers | wc -l',
})
const manual = { manualSelector: true, selector: { matchLabels: labels } }
scene('JobSpec.selector', adopting({}), adopting(manual))
scene('JobSpec.manualSelector', applied(job({ selector: { matchLabels: labels } })), applied(job(manual)))
const stubborn = {
  ...sleeping,
  command: ['sh', '-c', 'trap "" TERM; while true; do sleep 1; done'],
}
const replaced = (more: object): Side => ({
  objects: [
    job({
      template: template({
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 600,
        containers: [stubborn],
      }),
      ...more,
    }),
  ],
  script: 'kn delete pods -l job-name=a --wait=false >/dev/null; sleep 20; kn get pods --no-headers | wc -l',
})
scene('JobSpec.podReplacementPolicy', replaced({}), replaced({ podReplacementPolicy: 'Failed' }))
const evicted = (rules: object[]): Side => ({
  objects: [job({ podFailurePolicy: { rules } })],
  script: [
    'POD=$(kn get pods -o jsonpath={.items[0].metadata.name})',
    `echo '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"'$POD'"}}' > eviction.json`,
    'kubectl create --raw /api/v1/namespaces/NAMESPACE/pods/$POD/eviction -f eviction.json >/dev/null',
    "sleep 30; kn get job a -o jsonpath='{.status.conditions[*].reason}'",
  ].join('; '),
})
const onCondition = (more: object) =>
  evicted([{ action: 'FailJob', onPodConditions: [{ type: 'DisruptionTarget', status: 'True', ...more }] }])
scene('PodFailurePolicyRule.onPodConditions', evicted([]), onCondition({}))
scene(
  'PodFailurePolicyOnPodConditionsPattern.type',
  onCondition({ type: 'example.com/other' }),
  onCondition({}),
)
scene('PodFailurePolicyOnPodConditionsPattern.status', onCondition({ status: 'False' }), onCondition({}))

// Stateful sets and daemon sets.
const set = (kind: string, spec: object) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'a' },
  spec: { selector: { matchLabels: labels }, template: template(), ...spec },
})
const other = { selector: { matchLabels: { app: 'b' } } }
const stateful = (spec: object) => set('StatefulSet', { serviceName: 'a', ...spec })
scene('StatefulSetSpec.selector', applied(stateful({})), applied(stateful(other)))
scene('DaemonSetSpec.selector', applied(set('DaemonSet', {})), applied(set('DaemonSet', other)))
const named = (spec: object): Side => ({ objects: [stateful(spec)], script: 'kn exec a-0 -- hostname -f' })
scene('StatefulSetSpec.serviceName', named({}), named({ serviceName: 'b' }))
const revised = (object: { readonly kind: string }): Side => ({
  objects: [object],
  script: `for i in 1 2 3; do kn set env ${object.kind}/a N=$i >/dev/null; sleep 15; done; kn get controllerrevisions --no-headers | wc -l`,
})
const few = { revisionHistoryLimit: 1 }
scene('StatefulSetSpec.revisionHistoryLimit', revised(stateful({})), revised(stateful(few)))
scene('DaemonSetSpec.revisionHistoryLimit', revised(set('DaemonSet', {})), revised(set('DaemonSet', few)))
