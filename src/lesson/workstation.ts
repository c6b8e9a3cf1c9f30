// The learner's machine: its files, its user, its programs, and how they reach the cluster.
import type { Cluster } from '../cluster/cluster.ts'
import { workstationTools } from '../cluster/node-tools.ts'
import { Disk, machineBytes } from '../engine/disk.ts'
import { resolvePath } from '../engine/files.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import type { Process, Program } from '../engine/process.ts'
import { kubectl } from '../kubectl/kubectl.ts'
import { programs, type Tool, tool } from '../shell/command.ts'
import { bash } from '../shell/dialect.ts'
import { ProcessTable } from '../shell/processes.ts'
import { shellProgram } from '../shell/sh.ts'
import { tools } from '../shell/tools/index.ts'
import { certificateDirectory, mountCertificates } from './certificate-files.ts'
import { dockerOn } from './docker-access.ts'
import { type Editors, editorTools } from './editors.ts'
import { faultParts } from './loaders.ts'
import { man } from './man.ts'
import { nodeTools } from './node-access.ts'
import { ps } from './ps.ts'

export const home = '/home/learner'
export const workDirectory = `${home}/k8s`
export const aliases = { k: 'kubectl', kk: 'kubectl' }
/** What `source <(kubectl completion bash)` has told bash, for the short names too. */
export const completions = { kubectl: '__start_kubectl', k: '__start_kubectl', kk: '__start_kubectl' }

const server = 'https://10.0.2.2:6443'

const kubeconfig = `apiVersion: v1
clusters:
- cluster:
    certificate-authority: ${home}/.kube/ca.crt
    server: ${server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
preferences: {}
users:
- name: kubernetes-admin
  user:
    client-certificate: ${home}/.kube/admin.crt
    client-key: ${home}/.kube/admin.key
`

/** The administrator's, as it stands on the control plane's machine. */
const adminConfig = kubeconfig.replaceAll(`${home}/.kube`, certificateDirectory)
const administrator = [`${home}/.kube`, certificateDirectory].map(directory => `${directory}/admin.crt`)

export interface Workstation {
  readonly files: MemoryFiles
  readonly table: ProcessTable
  readonly process: Omit<Process, 'stdin' | 'stdout' | 'stderr' | 'terminal'>
  readonly programNames: readonly string[]
}

export function createWorkstation(
  cluster: Cluster,
  contents: Readonly<Record<string, string>>,
  editors: Editors,
  instead = (_name: string, own: Program | undefined): Program | undefined => own,
): Workstation {
  const { engine } = cluster
  const files = new MemoryFiles({ now: () => engine.now, uid: 1000, disk: new Disk(machineBytes) })
  for (const directory of ['/tmp', '/dev', '/etc', `${home}/.kube`, workDirectory])
    files.mkdir(directory, { parents: true })
  files.write(`${home}/.kube/config`, kubeconfig, { mode: 0o600 })
  mountCertificates(engine, files, `${home}/.kube`, ['ca.crt', 'admin.crt', 'admin.key'], 1000)
  files.write('/etc/hostname', 'workstation\n')
  files.write('/etc/hosts', '127.0.0.1 localhost\n10.0.2.2 k8s-master\n10.0.2.3 k8s-node1\n')
  files.write('/etc/os-release', 'PRETTY_NAME="Living Kubernetes"\nNAME="Living Kubernetes"\nID=living\n')
  for (const [name, text] of Object.entries(contents)) writeFile(files, name, text)

  const kubectlProgram: Program = kubectl({ api: cluster.api, server, administrator })
  const shell = shellProgram(bash)
  const all: Tool[] = [
    ...tools,
    { name: 'kubectl', summary: 'control the cluster', run: kubectlProgram },
    { name: 'bash', summary: 'a shell', run: shell },
    { name: 'sh', summary: 'a shell', run: shell },
    ps,
    man,
    ...workstationTools,
    ...nodeTools(cluster, { kubectl: kubectlProgram, kubeconfig: adminConfig }),
    dockerOn(cluster),
    ...editorTools(editors),
    {
      name: 'fault',
      summary: "break something in this course's cluster, and repair it",
      run: process => faultParts.get('fault').faultTool(cluster).run(process),
    },
    tool('help', 'list the commands', function* ({ stdout }) {
      for (const { name, summary } of [...all].sort((a, b) => (a.name < b.name ? -1 : 1)))
        stdout.write(`${name.padEnd(12)}${summary}\n`)
      return 0
    }),
  ]
  const own = programs(all)
  const table = new ProcessTable(2101)
  const processes = () => [
    { pid: 2100, argv: ['bash'], user: 'learner' },
    ...[...table.running].map(([pid, { text }]) => ({ pid, argv: [text], user: 'learner' })),
  ]
  return {
    files,
    table,
    programNames: all.map(tool => tool.name),
    process: {
      engine,
      pid: 2100,
      argv: ['bash'],
      env: new Map([
        ['HOME', home],
        ['USER', 'learner'],
        ['LOGNAME', 'learner'],
        ['SHELL', '/bin/bash'],
        ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        ['LANG', 'C.UTF-8'],
        ['TERM', 'xterm-256color'],
      ]),
      cwd: workDirectory,
      user: 'learner',
      hostname: 'workstation',
      files,
      network: cluster.network.workstation,
      find: name => instead(name, own(name)),
      processes,
    },
  }
}

/** Writes a file of the working directory, with the directories above it. */
export function writeFile(files: MemoryFiles, name: string, text: string): void {
  const path = resolvePath(workDirectory, name)
  files.mkdir(resolvePath(path, '..'), { parents: true })
  files.write(path, text)
}
