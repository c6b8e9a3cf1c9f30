// What kubeadm left of certificates on machines: made when somebody reads it, and never changed.
import { authorityParts } from '../api/loaders.ts'
import { encodeBase64 } from '../engine/bytes.ts'
import type { MemoryFiles } from '../engine/memory-files.ts'
import { VirtualFiles, type VirtualNode } from '../engine/virtual-files.ts'

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
    const mode = name.endsWith('.key') ? 0o600 : 0o644
    mountFile(files, `${directory}/${name}`, { text: contents[name], mode, uid, gid: uid })
  }
}

/** A kubeconfig as kubeadm writes it: what it names of the files above stands in it, so that it serves on any machine. */
export function mountKubeconfig(files: MemoryFiles, path: string, text: string): void {
  let written: string | undefined
  mountFile(files, path, {
    text: () => written ?? embedded(text),
    write: given => {
      written = given
    },
    mode: 0o600,
  })
}

const embedded = (kubeconfig: string): string =>
  kubeconfig.replace(
    /^( +[a-z-]+): .*\/((?:ca|admin)\.(?:crt|key))$/gm,
    (_, field: string, name: keyof typeof contents) => `${field}-data: ${encodeBase64(contents[name]())}`,
  )

function mountFile(files: MemoryFiles, path: string, node: VirtualNode): void {
  files.mkdir(path.slice(0, path.lastIndexOf('/')), { parents: true })
  files.write(path, '')
  const { modified } = files.stat(path)
  files.mount(
    path,
    new VirtualFiles(
      () => node,
      () => modified,
    ),
  )
}
