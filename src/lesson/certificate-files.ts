// What kubeadm left of certificates on machines: made when somebody reads it, and never changed.
import { authorityParts } from '../api/loaders.ts'
import type { MemoryFiles } from '../engine/memory-files.ts'
import { VirtualFiles } from '../engine/virtual-files.ts'

/** On the control plane's machine. */
export const certificateDirectory = '/etc/kubernetes/pki'
const part = () => authorityParts.get('ca')

const contents = {
  'ca.crt': () => part().authorityCertificate(),
  'ca.key': () => part().authorityKeyFile(),
  'admin.crt': () => part().administratorFiles().certificate,
  'admin.key': () => part().administratorFiles().key,
} as const

export function mountCertificates(
  files: MemoryFiles,
  directory: string,
  names: readonly (keyof typeof contents)[],
  uid = 0,
): void {
  for (const name of names) {
    const path = `${directory}/${name}`
    files.mkdir(directory, { parents: true })
    files.write(path, '')
    const { modified } = files.stat(path)
    const node = { text: contents[name], mode: name.endsWith('.key') ? 0o600 : 0o644, uid, gid: uid }
    files.mount(
      path,
      new VirtualFiles(
        () => node,
        () => modified,
      ),
    )
  }
}
