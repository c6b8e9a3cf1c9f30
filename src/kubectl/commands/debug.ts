// kubectl debug: an ephemeral container in a pod, a changed copy of a pod, or a pod on a node (kubectl pkg/cmd/debug).
import { sleep, type Task } from '../../engine/task.ts'
import type { AnyObject } from '../../kinds/object.ts'
import { infosOf } from '../builder.ts'
import { pathOf } from '../client.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, StatusError } from '../errors.ts'
import { stream } from './exec.ts'

const profiles = ['auto', 'legacy', 'general', 'baseline', 'netadmin', 'restricted', 'sysadmin']

export const debug: Command = {
  name: 'debug',
  flags: `arguments-only attach container,c:s copy-to:s custom:s env:a filename,f:l image:s image-pull-policy:s
    keep-annotations keep-init-containers=true keep-labels keep-liveness keep-readiness keep-startup profile:s=general
    quiet,q replace same-node set-image:a share-processes=true stdin,i target:s tty,t`,
  *run(ctx) {
    const { flags } = ctx
    const dash = flags.dashAt
    const targets = dash < 0 ? ctx.args : ctx.args.slice(0, dash)
    const words = dash < 0 ? [] : ctx.args.slice(dash)
    check(ctx, targets, words)
    const args = targets.map(text => (text.includes('/') ? text : `pods/${text}`))
    for (const { object, resource } of yield* infosOf(ctx, { args })) {
      let pod: AnyObject
      let container: string
      if (object.kind === 'Pod')
        [pod, container] = flags.string('copy-to')
          ? copyPod(ctx, object, words)
          : addEphemeral(ctx, object, words)
      else if (object.kind === 'Node') [pod, container] = nodePod(ctx, object, words)
      else
        throw new CommandError(
          `${JSON.stringify(`${resource.group}/${resource.version}, Kind=${object.kind}`)} not supported by debug`,
        )
      const attached = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin')
      if (attached) return yield* attachTo(ctx, pod, container)
    }
    return 0
  },
}

function check(ctx: Context, targets: readonly string[], words: readonly string[]): void {
  const { flags } = ctx
  const copyTo = flags.string('copy-to')
  const images = flags.list('set-image')
  if (copyTo) {
    if (!flags.string('image') && !images.length && !words.length)
      throw new CommandError('you must specify --image, --set-image or command arguments.')
    if (flags.string('target'))
      throw new CommandError('--target is incompatible with --copy-to. Use --share-processes instead.')
  } else {
    if (!flags.string('image')) throw new CommandError('you must specify --image when not using --copy-to.')
    if (images.length) throw new CommandError('--set-image may only be used with --copy-to.')
    if (flags.bool('replace')) throw new CommandError('--replace may only be used with --copy-to.')
    if (flags.bool('same-node')) throw new CommandError('--same-node may only be used with --copy-to.')
  }
  if (targets.length === 0) throw new CommandError('NAME is required for debug')
  if (copyTo && targets.length > 1)
    throw new CommandError('you may only specify one target pod when using --copy-to.')
  if (flags.bool('tty') && !flags.bool('stdin'))
    throw new CommandError('-i/--stdin is required for containers with -t/--tty=true')
  if (!profiles.includes(flags.string('profile')))
    throw new CommandError(`unknown profile: ${flags.string('profile')}`)
}

/** What a profile lets the debugger do. */
function securityContext(profile: string, onNode: boolean): object | undefined {
  if (profile === 'legacy' || profile === 'auto') return undefined
  if (profile === 'general') return onNode ? undefined : { capabilities: { add: ['SYS_PTRACE'] } }
  if (profile === 'sysadmin') return { privileged: true }
  if (profile === 'netadmin') return { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } }
  if (profile === 'restricted')
    return {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    }
  return undefined
}

function debugContainer(ctx: Context, name: string, words: readonly string[], onNode = false) {
  const { flags } = ctx
  const security = securityContext(flags.string('profile'), onNode)
  const env = flags.list('env').map(text => {
    const [key = '', value = ''] = text.split(/=(.*)/s)
    return { name: key, value }
  })
  const pullPolicy = flags.string('image-pull-policy')
  return {
    ...(words.length && { [flags.bool('arguments-only') ? 'args' : 'command']: [...words] }),
    ...(env.length && { env }),
    image: flags.string('image'),
    ...(pullPolicy && { imagePullPolicy: pullPolicy }),
    name,
    resources: {},
    ...(security && { securityContext: security }),
    ...(flags.bool('stdin') && { stdin: true }),
    terminationMessagePolicy: 'File',
    ...(flags.bool('tty') && { tty: true }),
  }
}

function containerName(ctx: Context, pod: AnyObject): string {
  const given = ctx.flags.string('container')
  if (given) return given
  const taken = new Set(
    [
      ...(pod.spec.containers ?? []),
      ...(pod.spec.initContainers ?? []),
      ...(pod.spec.ephemeralContainers ?? []),
    ].map(c => c.name),
  )
  for (;;) {
    const name = `debugger-${ctx.process.engine.random.suffix()}`
    if (taken.has(name)) continue
    if (!ctx.flags.bool('quiet')) ctx.err(`Defaulting debug container name to ${name}.\n`)
    return name
  }
}

function addEphemeral(ctx: Context, pod: AnyObject, words: readonly string[]): [AnyObject, string] {
  const name = containerName(ctx, pod)
  const target = ctx.flags.string('target')
  const container = { ...debugContainer(ctx, name, words), ...(target && { targetContainerName: target }) }
  if (target)
    ctx.err(
      `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
    )
  const resource = ctx.discovery.known('pods')
  const changed = ctx.client.patch(
    resource,
    pod.metadata.namespace!,
    pod.metadata.name,
    'strategic',
    { spec: { ephemeralContainers: [container] } },
    undefined,
    'ephemeralcontainers',
  )
  return [changed, name]
}

function copyPod(ctx: Context, pod: AnyObject, words: readonly string[]): [AnyObject, string] {
  const { flags } = ctx
  const { nodeName, ephemeralContainers: _, ...spec } = pod.spec
  const name = flags.string('copy-to')
  const keep = (flag: string, map: unknown) => (flags.bool(flag) && map ? map : undefined)
  let containers: any[] = spec.containers.map((container: any) => {
    const kept = { ...container }
    for (const probe of ['liveness', 'readiness', 'startup'])
      if (!flags.bool(`keep-${probe}`)) delete kept[`${probe}Probe`]
    return kept
  })
  for (const text of flags.list('set-image').flatMap(t => t.split(','))) {
    const [which = '', image = ''] = text.split(/=(.*)/s)
    containers = containers.map(c => (which === '*' || c.name === which ? { ...c, image } : c))
  }
  let target = flags.string('container')
  const existing = containers.find(c => c.name === target)
  if (existing) {
    const image = flags.string('image')
    containers = containers.map(c =>
      c === existing
        ? {
            ...c,
            ...(image && { image }),
            ...(words.length && { [flags.bool('arguments-only') ? 'args' : 'command']: [...words] }),
            ...(flags.bool('stdin') && { stdin: true }),
            ...(flags.bool('tty') && { tty: true }),
          }
        : c,
    )
  } else if (flags.string('image')) {
    target = containerName(ctx, pod)
    containers = [...containers, debugContainer(ctx, target, words)]
  } else target = containers[0].name
  // Mounts of the old pod's own token are made anew by the server.
  const isToken = (v: any) => /^kube-api-access-/.test(v.name)
  const strip = (list: any[]) =>
    list.map(c => ({ ...c, volumeMounts: c.volumeMounts?.filter((m: any) => !isToken(m)) }))
  const labels = keep('keep-labels', pod.metadata.labels) ?? pod.metadata.labels
  const annotations = keep('keep-annotations', pod.metadata.annotations) ?? pod.metadata.annotations
  const copy = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(annotations && { annotations }),
      ...(labels && { labels }),
      name,
      namespace: pod.metadata.namespace,
    },
    spec: {
      ...spec,
      containers: strip(containers),
      ...(spec.initContainers &&
        flags.bool('keep-init-containers') && { initContainers: strip(spec.initContainers) }),
      ...(flags.bool('same-node') && { nodeName }),
      ...(flags.changed('share-processes') || !existing
        ? { shareProcessNamespace: flags.bool('share-processes') }
        : {}),
      volumes: spec.volumes?.filter((v: any) => !isToken(v)),
    },
  }
  const resource = ctx.discovery.known('pods')
  const created = ctx.client.create(resource, ctx.namespace, copy)
  if (flags.bool('replace')) ctx.client.delete(resource, ctx.namespace, pod.metadata.name, {})
  return [created, target]
}

function nodePod(ctx: Context, node: AnyObject, words: readonly string[]): [AnyObject, string] {
  const { name: nodeName } = node.metadata
  const name = `node-debugger-${nodeName}-${ctx.process.engine.random.suffix()}`
  const container = ctx.flags.string('container') || 'debugger'
  const general = ctx.flags.string('profile') !== 'restricted' && ctx.flags.string('profile') !== 'baseline'
  if (!ctx.flags.bool('quiet'))
    ctx.err(`Creating debugging pod ${name} with container ${container} on node ${nodeName}.\n`)
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' }, name },
    spec: {
      containers: [
        {
          ...debugContainer(ctx, container, words, true),
          ...(general && { volumeMounts: [{ mountPath: '/host', name: 'host-root' }] }),
        },
      ],
      ...(general && { hostIPC: true, hostNetwork: true, hostPID: true }),
      nodeName,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
      ...(general && { volumes: [{ hostPath: { path: '/' }, name: 'host-root' }] }),
    },
  }
  return [ctx.client.create(ctx.discovery.known('pods'), ctx.namespace, pod), container]
}

function* attachTo(ctx: Context, pod: AnyObject, container: string): Task<number> {
  const { name, namespace } = pod.metadata
  const resource = ctx.discovery.known('pods')
  const stateOf = (live: AnyObject) =>
    [...(live.status?.containerStatuses ?? []), ...(live.status?.ephemeralContainerStatuses ?? [])].find(
      (s: any) => s.name === container,
    )?.state
  const log = (): number => {
    ctx.out(
      ctx.client.call({
        method: 'GET',
        path: pathOf(resource, namespace!, name, 'log'),
        query: { container },
      }),
    )
    return 0
  }
  for (let tries = 0; tries < 600; tries++) {
    const live = ctx.client.get(resource, namespace!, name)
    const state = stateOf(live)
    if (state?.terminated) return log()
    if (state?.running)
      try {
        return yield* stream(ctx, live, 'attach', container, [])
      } catch (error) {
        // It has ended since it was seen running.
        if (!(error instanceof CommandError || error instanceof StatusError)) throw error
        ctx.err(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${error.message}\n`)
        return log()
      }
    yield* sleep(200)
  }
  throw new CommandError('timed out waiting for the condition')
}
