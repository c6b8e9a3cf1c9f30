// What the kernel lets a pod do.
import { collect } from './collect.ts'

const { samples, inContainer, inPod } = collect()
export const securitySamples = samples

inPod('Sysctl.name', {}, { securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }] } })
inPod(
  'Sysctl.value',
  { securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '0' }] } },
  { securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }] } },
)
const secured = (securityContext: object) => ({ securityContext })
inContainer(
  'AppArmorProfile.type',
  secured({ appArmorProfile: { type: 'Unconfined' } }),
  secured({ appArmorProfile: { type: 'RuntimeDefault' } }),
)
inContainer('Capabilities.add', {}, secured({ capabilities: { add: ['NET_ADMIN'] } }))
inContainer('Capabilities.drop', {}, secured({ capabilities: { drop: ['CHOWN'] } }))
inContainer('SeccompProfile.type', {}, secured({ seccompProfile: { type: 'RuntimeDefault' } }))
inContainer(
  'SeccompProfile.localhostProfile',
  secured({ seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }),
  secured({ seccompProfile: { type: 'Localhost', localhostProfile: 'b.json' } }),
)
