// Services, as a pod of the namespace reaches them.
import type { WorkloadSample } from '../play-workloads.ts'
import { ask, client, web } from './asking.ts'
import { adding, unready } from './collect.ts'

export const serviceSamples: WorkloadSample[] = []

const sleeping = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'late', labels: { app: 'late' } },
  spec: unready,
}

const asking = [
  `${ask('http://a')}; ${ask('http://a:81')}; ${ask('http://web')}`,
  'kubectl -n NS exec client -- nslookup a 2>&1 | grep -c Address',
].join('; ')
const sample = adding(serviceSamples, {
  make: spec => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  }),
  shared: [web, sleeping, client],
  script: asking,
})
sample('ServiceSpec.ports ServicePort.port', {}, { ports: [{ port: 81, targetPort: 80 }] })
sample('ServicePort.targetPort', {}, { ports: [{ port: 80, targetPort: 81 }] })
sample('ServicePort.name', {}, { ports: [{ name: 'web', port: 80 }] })
sample('ServicePort.protocol', {}, { ports: [{ protocol: 'UDP', port: 80 }] })
sample('ServicePort.appProtocol', {}, { ports: [{ port: 80, appProtocol: 'http' }] })
sample('ServiceSpec.selector', {}, { selector: { app: 'nobody' } })
sample('ServiceSpec.clusterIP', {}, { clusterIP: 'None' })
sample(
  'ServiceSpec.type ServiceSpec.externalName',
  {},
  { type: 'ExternalName', externalName: 'web.example.com' },
)
sample(
  'ServiceSpec.publishNotReadyAddresses',
  { selector: { app: 'late' } },
  { selector: { app: 'late' }, publishNotReadyAddresses: true },
)
