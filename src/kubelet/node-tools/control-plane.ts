// kubeadm and etcdctl on the control plane's machine, as far as they only look, and snapshots of etcd, which etcdutl.ts
// reads. Words: kubeadm 1.36, etcdctl 3.6. What would change the cluster (init, join, upgrade) is refused in words.
import { decodeBase64, encodeBase64 } from '../../engine/bytes.ts'
import { formatTime, parseTime } from '../../engine/engine.ts'
import { resolvePath } from '../../engine/files.ts'
import type { Process } from '../../engine/process.ts'
import { Random } from '../../engine/random.ts'
import { sleep } from '../../engine/task.ts'
import type { Secret } from '../../kinds/schema/types.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'

const version = 'v1.36.3'
const year = 365 * 86_400_000

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map(row => row[i]!.length)))
  return rows
    .map(
      row =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i]! + 3))
          .join('')
          .trimEnd()}\n`,
    )
    .join('')
}

/** `Nov 23, 2027 09:22 UTC` */
function when(ms: number): string {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const [, Y, M, D, clock] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(formatTime(ms))!
  return `${months[Number(M) - 1]} ${D}, ${Y} ${clock} UTC`
}

const certificates: readonly (readonly [name: string, authority: string])[] = [
  ['admin.conf', 'ca'],
  ['apiserver', 'ca'],
  ['apiserver-etcd-client', 'etcd-ca'],
  ['apiserver-kubelet-client', 'ca'],
  ['controller-manager.conf', 'ca'],
  ['etcd-healthcheck-client', 'etcd-ca'],
  ['etcd-peer', 'etcd-ca'],
  ['etcd-server', 'etcd-ca'],
  ['front-proxy-client', 'front-proxy-ca'],
  ['scheduler.conf', 'ca'],
  ['super-admin.conf', 'ca'],
]

function expiration({ engine }: Process): string {
  const made = engine.epoch - 500_000
  const left = (ms: number) => `${Math.floor((ms - engine.now) / 86_400_000)}d`
  const shown = (ms: number) =>
    ms - engine.now > 2 * year ? `${Math.floor((ms - engine.now) / year)}y` : left(ms)
  const leaf = certificates.map(([name, authority]) => [
    name,
    when(made + year),
    left(made + year),
    authority,
    'no',
  ])
  const authorities = ['ca', 'etcd-ca', 'front-proxy-ca'].map(name => [
    name,
    when(made + 10 * year),
    shown(made + 10 * year),
    'no',
  ])
  return `[check-expiration] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...
[check-expiration] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.

${columns([['CERTIFICATE', 'EXPIRES', 'RESIDUAL TIME', 'CERTIFICATE AUTHORITY', 'EXTERNALLY MANAGED'], ...leaf])}
${columns([['CERTIFICATE AUTHORITY', 'EXPIRES', 'RESIDUAL TIME', 'EXTERNALLY MANAGED'], ...authorities])}`
}

const adminConfig = '/etc/kubernetes/admin.conf'
const tokenType = 'bootstrap.kubernetes.io/token'

/** The bootstrap tokens are secrets of the cluster. */
const tokens = (kubelet: Kubelet): Secret[] =>
  kubelet.client
    .resource('secrets')
    .list({ namespace: 'kube-system' })
    .filter(each => each.type === tokenType)

function tokenRow(secret: Secret, now: number): string[] {
  const field = (name: string) => decodeBase64(secret.data?.[name] ?? '') ?? ''
  const end = field('expiration')
  const hours = end ? Math.max(0, Math.floor((parseTime(end) - now) / 3_600_000)) : 0
  const usages = ['authentication', 'signing'].filter(usage => field(`usage-bootstrap-${usage}`) === 'true')
  return [
    `${field('token-id')}.${field('token-secret')}`,
    end ? `${hours}h` : '<forever>',
    end || '<never>',
    usages.join(',') || '<none>',
    field('description') || '<none>',
    field('auth-extra-groups') || '<none>',
  ]
}

/** Makes a token of the form `abcdef.0123456789abcdef`, which lives a day. */
function createToken(kubelet: Kubelet, { engine }: Process): string {
  const hex = new Random(engine.seed).fork(`bootstrap token ${tokens(kubelet).length} ${engine.now}`).hex(22)
  const [id, secret] = [hex.slice(0, 6), hex.slice(6)]
  const data = {
    'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
    expiration: formatTime(engine.now + 86_400_000),
    'token-id': id,
    'token-secret': secret,
    'usage-bootstrap-authentication': 'true',
    'usage-bootstrap-signing': 'true',
  }
  kubelet.client.resource('secrets').create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `bootstrap-token-${id}`, namespace: 'kube-system' },
    type: tokenType,
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, encodeBase64(value)])),
  })
  return `${id}.${secret}`
}

export function kubeadm(kubelet: Kubelet): Tool {
  return tool('kubeadm', 'set up clusters', function* (process) {
    const { engine, files, stdout } = process
    const args = process.argv.slice(1)
    const [command = '', verb = ''] = args.filter(arg => !arg.startsWith('-'))
    if (command === 'version') {
      stdout.write(
        args.some(
          (arg, i) => /^(-o=?short|--output=short)$/.test(arg) || (arg === 'short' && args[i - 1] === '-o'),
        )
          ? `${version}\n`
          : `kubeadm version: &version.Info{Major:"1", Minor:"36", GitVersion:"${version}", GitTreeState:"clean", GoVersion:"go1.26.0", Compiler:"gc", Platform:"linux/amd64"}\n`,
      )
      return 0
    }
    if ((command === 'token' || command === 'certs') && !files.exists(adminConfig))
      throw new ToolError(
        `failed to load admin kubeconfig: open ${adminConfig}: no such file or directory\nTo see the stack trace of this error execute with --v=5 or higher`,
      )
    if (command === 'token' && (verb === 'list' || verb === '')) {
      const rows = tokens(kubelet).map(each => tokenRow(each, engine.now))
      if (rows.length)
        stdout.write(columns([['TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS'], ...rows]))
      return 0
    }
    if (command === 'token' && verb === 'create') {
      const token = createToken(kubelet, process)
      const hash = new Random(engine.seed).fork('ca certificate hash').hex(64)
      stdout.write(
        args.includes('--print-join-command')
          ? `kubeadm join ${kubelet.address}:6443 --token ${token} --discovery-token-ca-cert-hash sha256:${hash} \n`
          : `${token}\n`,
      )
      return 0
    }
    if (command === 'certs' && verb === 'check-expiration') {
      stdout.write(expiration(process))
      return 0
    }
    if (command === 'config' && verb === 'images') {
      for (const image of [
        'kube-apiserver:v1.36.3',
        'kube-controller-manager:v1.36.3',
        'kube-scheduler:v1.36.3',
        'kube-proxy:v1.36.3',
        'coredns/coredns:v1.14.0',
        'pause:3.10',
        'etcd:3.6.8-0',
      ])
        stdout.write(`registry.k8s.io/${image}\n`)
      return 0
    }
    throw new ToolError(
      `kubeadm: here only version, token list|create, certs check-expiration and config images list are possible; the cluster stands already`,
    )
  })
}

const endpoint = '127.0.0.1:2379'
const needed = ['cacert', 'cert', 'key']

/** The API server's own look at etcd tells. */
const isEtcdThere = (kubelet: Kubelet): boolean =>
  kubelet.client.api.handle({ method: 'GET', path: '/livez/etcd', userAgent: 'etcdctl' }).code === 200

export function etcdctl(kubelet: Kubelet): Tool {
  return tool('etcdctl', 'ask etcd', function* (process) {
    const { cwd, engine, env, files, stdout, stderr } = process
    const options = new Map<string, string>()
    const words: string[] = []
    const args = process.argv.slice(1)
    while (args.length) {
      const arg = args.shift()!
      const [, name = '', value] = /^--?([\w-]+)(?:=(.*))?$/.exec(arg) ?? []
      if (!name) words.push(arg)
      else if (/^(prefix|keys-only|hex)$/.test(name)) options.set(name, 'true')
      else options.set(name, value ?? args.shift() ?? '')
    }
    const [command = '', verb = '', path = ''] = words
    const unanswered = (): false => {
      stderr.write(
        `{"level":"warn","ts":"${formatTime(engine.now)}","logger":"etcd-client","msg":"retrying of unary invoker failed","target":"etcd-endpoints://${endpoint}","error":"rpc error: code = DeadlineExceeded desc = context deadline exceeded"}\nError: context deadline exceeded\n`,
      )
      return false
    }
    const ready = (): boolean => {
      for (const each of needed) {
        const file = options.get(each) ?? env.get(`ETCDCTL_${each.toUpperCase()}`)
        if (!file) return unanswered()
        if (files.exists(resolvePath(cwd, file))) continue
        stderr.write(`Error: open ${file}: no such file or directory\n`)
        return false
      }
      return isEtcdThere(kubelet) || unanswered()
    }
    if (command === 'version') {
      stdout.write('etcdctl version: 3.6.8\nAPI version: 3.6\n')
      return 0
    }
    if (command === 'snapshot' && verb === 'save') {
      if (!path) throw new ToolError('Error: snapshot save expects one argument', 128)
      if (!ready()) return 1
      stderr.write(
        `{"level":"info","ts":"${formatTime(engine.now)}","caller":"snapshot/v3_snapshot.go:65","msg":"created temporary db file","path":"${path}.part"}\n`,
      )
      yield* sleep(120)
      const objects = kubelet.client.resource('pods').list().length
      files.write(resolvePath(cwd, path), JSON.stringify({ etcd: '3.6.8', at: engine.now, pods: objects }), {
        mode: 0o600,
      })
      stderr.write(
        `{"level":"info","ts":"${formatTime(engine.now)}","caller":"snapshot/v3_snapshot.go:97","msg":"saved","path":"${path}"}\n`,
      )
      stdout.write(`Snapshot saved at ${path}\nServer version 3.6.0\n`)
      return 0
    }
    if (command === 'endpoint' && (verb === 'health' || verb === 'status')) {
      if (!ready()) return 1
      stdout.write(
        verb === 'health'
          ? `${endpoint} is healthy: successfully committed proposal: took = 9.1ms\n`
          : `${endpoint}, 8e9e05c52164694d, 3.6.8, 5.6 MB, true, false, 3, 1204, 1204, \n`,
      )
      return 0
    }
    if (command === 'member' && verb === 'list') {
      if (!ready()) return 1
      stdout.write(
        `8e9e05c52164694d, started, ${kubelet.name}, https://${kubelet.address}:2380, https://${kubelet.address}:2379, false\n`,
      )
      return 0
    }
    throw new ToolError(
      command === 'snapshot'
        ? 'etcdctl: snapshot save is all that is left here: since 3.6 etcdutl looks at snapshots and restores them'
        : 'etcdctl: here only version, endpoint health|status, member list and snapshot save are possible',
      128,
    )
  })
}
