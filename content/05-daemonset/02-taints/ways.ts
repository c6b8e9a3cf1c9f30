// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const controlPlane = 'node-role.kubernetes.io/control-plane'
const patch = (name: string, spec: object) =>
  `kk patch ds ${name} -p '${JSON.stringify({ spec: { template: { spec } } })}'`
const tolerate = (name: string, ...tolerations: object[]) => [patch(name, { tolerations }), 40]
const ours = { key: controlPlane, operator: 'Exists', effect: 'NoSchedule' }

/** The DaemonSet `backup` with more of a pod's spec. */
const backup = (more: string, image = 'busybox:1.28') => [
  `printf 'apiVersion: apps/v1\\nkind: DaemonSet\\nmetadata: {name: backup}\\nspec: {selector: {matchLabels: {app: backup}}, template: {metadata: {labels: {app: backup}}, spec: {${more}, containers: [{name: c, image: "${image}", args: [sleep, "3600"]}]}}}\\n' | kk apply -f -`,
  20,
]
const tolerations = `tolerations: [{key: ${controlPlane}, operator: Exists}]`

export default {
  reach: {
    right: {
      'as in the lesson': tolerate('metrics', ours),
      'Equal without a value': tolerate('metrics', { key: controlPlane, effect: 'NoSchedule' }),
      'any effect of that key': tolerate('metrics', { key: controlPlane, operator: 'Exists' }),
    },
    wrong: {
      'the old key': tolerate('metrics', { ...ours, key: 'node-role.kubernetes.io/master' }),
      'everything is tolerated': tolerate('metrics', { operator: 'Exists' }),
      'a value that the taint has not': tolerate('metrics', {
        key: controlPlane,
        value: 'true',
        effect: 'NoSchedule',
      }),
      'the taint is taken away': [`kk taint node k8s-master ${controlPlane}-`, 40],
      'the taint is taken away, and the toleration would not match it': [
        ...tolerate('metrics', { key: controlPlane, value: 'true', effect: 'NoSchedule' }),
        `kk taint node k8s-master ${controlPlane}-`,
        40,
      ],
      'the node is deleted': ['kk delete node k8s-master', ...tolerate('metrics', ours)],
    },
  },
  'only-there': {
    right: {
      'toleration and nodeSelector': backup(`${tolerations}, nodeSelector: {${controlPlane}: ""}`),
      'toleration and affinity': backup(
        `${tolerations}, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: ${controlPlane}, operator: Exists}]}]}}}`,
      ),
      'tolerates everything, chosen by the label': backup(
        `tolerations: [{operator: Exists}], nodeSelector: {${controlPlane}: ""}`,
      ),
    },
    wrong: {
      'a toleration alone': backup(tolerations),
      'a selector alone': backup(`nodeSelector: {${controlPlane}: ""}`),
      'a selector, and the taint is taken away': [
        ...backup(`nodeSelector: {${controlPlane}: ""}`),
        `kk taint node k8s-master ${controlPlane}-`,
        40,
      ],
      'by the name of the node': backup(`${tolerations}, nodeSelector: {kubernetes.io/hostname: k8s-master}`),
      'another image': backup(`${tolerations}, nodeSelector: {${controlPlane}: ""}`, 'busybox:1.36'),
    },
  },
  noisy: {
    right: {
      'value and effect put right': tolerate('log-agent', ours, {
        key: 'disk',
        value: 'noisy',
        effect: 'NoExecute',
      }),
      'any value and effect of that key': tolerate('log-agent', ours, { key: 'disk', operator: 'Exists' }),
      'everything, as a log agent may': tolerate('log-agent', { operator: 'Exists' }),
    },
    wrong: {
      'the value alone': tolerate('log-agent', ours, {
        key: 'disk',
        value: 'noisy',
        effect: 'NoSchedule',
      }),
      'the taint is taken away': ['kk taint node k8s-node1 disk-', 40],
      'the taint made milder': [
        'kk taint node k8s-node1 disk-',
        'kk taint node k8s-node1 disk=noisy:NoSchedule',
        40,
      ],
      'the control plane is lost on the way': tolerate('log-agent', { key: 'disk', operator: 'Exists' }),
    },
  },
}
