// What kubeadm left of certificates on machines: made when somebody reads it, and never changed.
import { authorityParts } from '../api/loaders.ts'
import { encodeBase64 } from '../engine/bytes.ts'
import type { Engine } from '../engine/engine.ts'
import type { MemoryFiles } from '../engine/memory-files.ts'
import { VirtualFiles, type VirtualNode } from '../engine/virtual-files.ts'

/** On the control plane's machine. */
export const certificateDirectory = '/etc/kubernetes/pki'
const part = () => authorityParts.get('ca')

const contents = {
  'ca.crt': (engine: Engine) => part().authorityCertificate(engine),
  'ca.key': (engine: Engine) => part().authorityKeyFile(engine),
  'admin.crt': (engine: Engine) => part().administratorFiles(engine).certificate,
  'admin.key': (engine: Engine) => part().administratorFiles(engine).key,
} as const

export function mountCertificates(
  engine: Engine,
  files: MemoryFiles,
  directory: string,
  names: readonly (keyof typeof contents)[],
  uid = 0,
): void {
  for (const name of names) {
    const mode = name.endsWith('.key') ? 0o600 : 0o644
    mountFile(files, `${directory}/${name}`, { text: () => contents[name](engine), mode, uid, gid: uid })
  }
}

/** A kubeconfig as kubeadm writes it: what it names of the files above stands in it, so that it serves on any machine. */
export function mountKubeconfig(engine: Engine, files: MemoryFiles, path: string, text: string): void {
  let written: string | undefined
  mountFile(files, path, {
    text: () => written ?? embedded(engine, text),
    write: given => {
      written = given
    },
    mode: 0o600,
  })
}

const embedded = (engine: Engine, kubeconfig: string): string =>
  kubeconfig.replace(
    /^( +[a-z-]+): .*\/((?:ca|admin)\.(?:crt|key))$/gm,
    (_, field: string, name: keyof typeof contents) =>
      `${field}-data: ${encodeBase64(contents[name](engine))}`,
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
