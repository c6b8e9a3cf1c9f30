// Network policies: what still gets through.
import type { WorkloadSample } from '../play-workloads.ts'
import { ask, client, web } from './asking.ts'
import { adding } from './collect.ts'

export const policySamples: WorkloadSample[] = []
const policyAsks = `IP=$(kubectl -n NS get pod web -o jsonpath={.status.podIP}); ${ask('http://$IP')}`
const sample = adding(policySamples, {
  make: spec => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a' },
    spec: { podSelector: {}, ...spec },
  }),
  shared: [web, client],
  script: policyAsks,
})
const ingress = (rule: object) => ({ podSelector: { matchLabels: { app: 'web' } }, ingress: [rule] })
const none = { podSelector: { matchLabels: { app: 'nobody' } } }
sample('NetworkPolicySpec.podSelector', ingress({ from: [none] }), {
  ...ingress({ from: [none] }),
  podSelector: none.podSelector,
})
sample(
  'NetworkPolicySpec.ingress NetworkPolicyIngressRule.from NetworkPolicyPeer.podSelector',
  ingress({}),
  ingress({ from: [none] }),
)
sample(
  'NetworkPolicyIngressRule.ports NetworkPolicyPort.port',
  ingress({}),
  ingress({ ports: [{ port: 81 }] }),
)
sample(
  'NetworkPolicyPort.endPort',
  ingress({ ports: [{ port: 70 }] }),
  ingress({ ports: [{ port: 70, endPort: 90 }] }),
)
sample(
  'NetworkPolicyPort.protocol',
  ingress({ ports: [{ port: 80 }] }),
  ingress({ ports: [{ port: 80, protocol: 'UDP' }] }),
)
sample(
  'NetworkPolicyPeer.namespaceSelector',
  ingress({ from: [{ podSelector: {} }] }),
  ingress({ from: [{ podSelector: {}, namespaceSelector: { matchLabels: { no: 'one' } } }] }),
)
sample(
  'NetworkPolicyPeer.ipBlock IPBlock.cidr',
  ingress({}),
  ingress({ from: [{ ipBlock: { cidr: '9.9.9.0/24' } }] }),
)
sample(
  'IPBlock.except',
  ingress({ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }),
  ingress({ from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['20.2.0.0/16'] } }] }),
)
sample(
  'NetworkPolicySpec.policyTypes',
  { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Ingress'] },
  { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] },
)
const egress = (rule: object) => ({
  podSelector: { matchLabels: { app: 'client' } },
  egress: [rule],
  policyTypes: ['Egress'],
})
sample('NetworkPolicySpec.egress NetworkPolicyEgressRule.to', egress({}), egress({ to: [none] }))
sample('NetworkPolicyEgressRule.ports', egress({}), egress({ ports: [{ port: 81 }] }))
