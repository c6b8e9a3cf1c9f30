// Probes and hooks, and the ports that they find by name.
import { collect } from './collect.ts'

const { samples, inContainer } = collect()
export const probeSamples = samples

const live = (probe: object) => ({ livenessProbe: { periodSeconds: 5, failureThreshold: 1, ...probe } })
const web = { image: 'nginx:1.26', command: undefined }
const get = (httpGet: object) => ({ ...web, ...live({ httpGet: { port: 80, ...httpGet } }) })
inContainer('Probe.exec', {}, live({ exec: { command: ['false'] } }))
inContainer(
  'ExecAction.command',
  live({ exec: { command: ['true'] } }),
  live({ exec: { command: ['false'] } }),
)
inContainer('HTTPGetAction.path', get({}), get({ path: '/none' }))
inContainer('HTTPGetAction.port', get({}), get({ port: 81 }))
inContainer('HTTPGetAction.scheme', get({}), get({ scheme: 'HTTPS' }))
inContainer('HTTPGetAction.host', get({}), get({ host: '20.2.9.9' }))
inContainer(
  'TCPSocketAction.port',
  { ...web, ...live({ tcpSocket: { port: 80 } }) },
  { ...web, ...live({ tcpSocket: { port: 81 } }) },
)
inContainer(
  'TCPSocketAction.host',
  { ...web, ...live({ tcpSocket: { port: 80 } }) },
  { ...web, ...live({ tcpSocket: { port: 80, host: '20.2.9.9' } }) },
)
const header = (name: string, value: string) => get({ httpHeaders: [{ name, value }] })
for (const [name, more] of [
  ['HTTPGetAction.httpHeaders', header('User-Agent', 'me')],
  ['HTTPHeader.value', header('User-Agent', 'you')],
] as const)
  inContainer(name, header('User-Agent', 'nobody'), more)
inContainer('HTTPHeader.name', header('User-Agent', 'me'), header('Accept', 'me'))
const hooked = (lifecycle: object) => ({ lifecycle })
inContainer(
  'Lifecycle.postStart LifecycleHandler.exec',
  {},
  hooked({ postStart: { exec: { command: ['sh', '-c', 'exit 7'] } } }),
)
inContainer('LifecycleHandler.httpGet', {}, hooked({ postStart: { httpGet: { port: 9 } } }))
inContainer(
  'LifecycleHandler.sleep',
  hooked({ postStart: { exec: { command: ['sh', '-c', 'exit 7'] } } }),
  hooked({ postStart: { sleep: { seconds: 1 } } }),
)
inContainer(
  'Probe.successThreshold',
  { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 5 } },
  { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 5, successThreshold: 50 } },
)

const probed = live({ httpGet: { port: 'web' } })
const port = (more: object) => ({ ...web, ...probed, ports: [{ name: 'web', containerPort: 80, ...more }] })
inContainer('Container.ports', { ...web, ...probed }, port({}))
inContainer('ContainerPort.name', port({}), port({ name: 'other' }))
inContainer('ContainerPort.containerPort', port({}), port({ containerPort: 81 }))
