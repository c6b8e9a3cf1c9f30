// What the fields of an ephemeral container do: it is added to a pod that runs.
import type { Scene, Side } from './scenes.ts'

export const ephemeralScenes: Scene[] = []
const scene = (fields: string, without: Side, having: Side) => {
  for (const field of fields.split(' ')) ephemeralScenes.push({ field, without, having })
}

const objects = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { COLOUR: 'blue' } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: {
      volumes: [{ name: 'v', configMap: { name: 'settings' } }],
      containers: [{ name: 'c', image: 'nginx:1.26' }],
    },
  },
]
/** What it prints, then how it is, or why it is refused. */
const added = (more: object, rest = ''): Side => ({
  objects,
  script: `echo '${JSON.stringify({
    spec: { ephemeralContainers: [{ name: 'e', image: 'busybox:1.36', command: ['env'], ...more }] },
  })}' > patch.json; kn patch pod a --subresource=ephemeralcontainers --patch-file patch.json 2>&1 | grep -v patched; ${rest}sleep 10; kn logs a -c e 2>/dev/null | grep -vE "KUBERNETES|HOSTNAME"; kn get pod a -o jsonpath='{range .status.ephemeralContainerStatuses[*]}{.name} {.image} {.state.waiting.reason} {.state.terminated.exitCode} {.state.terminated.message}{end}'`,
})
const differs = (field: string, without: object, having: object, rest = '') =>
  scene(`EphemeralContainer.${field}`, added(without, rest), added(having, rest))
const shell = (script: string) => ({ command: ['sh', '-c', script] })

scene(
  'PodSpec.ephemeralContainers',
  { objects, script: 'kn get pod a -o jsonpath={.status.ephemeralContainerStatuses}' },
  added({}),
)
differs('name', {}, { name: 'f' })
differs('image', {}, { image: 'alpine:3.19' })
differs('command', {}, { command: ['date', '-d', '@0'] })
differs('args', {}, { command: ['echo'], args: ['hello'] })
differs('workingDir', { command: ['pwd'] }, { command: ['pwd'], workingDir: '/tmp' })
differs('env', {}, { env: [{ name: 'A', value: '1' }] })
differs('envFrom', {}, { envFrom: [{ configMapRef: { name: 'settings' } }] })
const list = { command: ['ls', '/v'] }
differs('volumeMounts', list, { ...list, volumeMounts: [{ name: 'v', mountPath: '/v' }] })
const processes = shell('ps | grep -c "[n]ginx"')
differs('targetContainerName', processes, { ...processes, targetContainerName: 'c' })
differs('securityContext', { command: ['id'] }, { command: ['id'], securityContext: { runAsUser: 7 } })
differs('imagePullPolicy', { image: 'busybox:1.35' }, { image: 'busybox:1.34', imagePullPolicy: 'Never' })
const complaining = shell('echo why > /dev/termination-log; echo else > /tmp/why; echo log; exit 3')
differs('terminationMessagePath', complaining, { ...complaining, terminationMessagePath: '/tmp/why' })
const logging = shell('echo log; exit 3')
differs('terminationMessagePolicy', logging, {
  ...logging,
  terminationMessagePolicy: 'FallbackToLogsOnError',
})
differs('tty', { command: ['tty'] }, { command: ['tty'], tty: true })
const attached = '(echo hello | timeout 3 kubectl -n NAMESPACE attach -i a -c e >/dev/null 2>&1); '
const reading = shell('while read line; do echo "got $line"; done; echo the end; sleep 36000')
differs('stdin', reading, { ...reading, stdin: true }, `sleep 5; ${attached}`)
differs(
  'stdinOnce',
  { ...reading, stdin: true },
  { ...reading, stdin: true, stdinOnce: true },
  `sleep 5; ${attached}`,
)
// What a debugging container must not say.
const probe = { exec: { command: ['true'] } }
differs('ports', {}, { ports: [{ containerPort: 80 }] })
differs('resources', {}, { resources: { limits: { cpu: '1' } } })
differs('resizePolicy', {}, { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] })
differs('restartPolicy', {}, { restartPolicy: 'Always' })
differs(
  'restartPolicyRules',
  {},
  {
    restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }],
  },
)
differs('livenessProbe', {}, { livenessProbe: probe })
differs('readinessProbe', {}, { readinessProbe: probe })
differs('startupProbe', {}, { startupProbe: probe })
differs('lifecycle', {}, { lifecycle: { postStart: probe } })
