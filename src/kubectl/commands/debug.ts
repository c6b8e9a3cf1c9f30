// kubectl debug: an ephemeral container in a pod, a changed copy of a pod, or a pod on a node (kubectl pkg/cmd/debug).

import { copyJson } from '../../api/json.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { parseImage } from '../../kinds/machinery/image.ts'
import { goQuote } from '../../kinds/machinery/quote.ts'
import type { Container, Node, Pod } from '../../kinds/schema/types.ts'
import { infosOf } from '../builder.ts'
import { pathOf } from '../client.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { applyCustom, applyProfile, checkProfile, type NewPod, readCustom } from '../debug-profiles.ts'
import { CommandError, StatusError } from '../errors.ts'
import { attachNotice, stream } from './exec.ts'

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
    checkProfile(flags.string('profile'))
    const custom = readCustom(ctx)
    check(ctx, targets, words)
    const args = targets.map(text => (text.includes('/') ? text : `pods/${text}`))
    for (const { object, resource } of yield* infosOf(ctx, { args, scheme: 'kubectl' })) {
      let pod: Pod
      let container: string | undefined
      if (object.kind === 'Pod')
        [pod, container] = flags.string('copy-to')
          ? copyPod(ctx, object, words, custom)
          : addEphemeral(ctx, object, words, custom)
      else if (object.kind === 'Node') [pod, container] = nodePod(ctx, object, words, custom)
      else
        throw new CommandError(
          `${JSON.stringify(`${resource.group}/${resource.version}, Kind=${object.kind}`)} not supported by debug`,
        )
      const attached = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin')
      if (attached && container) return yield* attachTo(ctx, pod, container)
    }
    return 0
  },
}

type Custom = ReturnType<typeof readCustom>

/** As DebugOptions.Validate, in its order. */
function check(ctx: Context, targets: readonly string[], words: readonly string[]): void {
  const { flags } = ctx
  const refuse = (condition: boolean, message: string) => {
    if (condition) throw new CommandError(message)
  }
  const image = flags.string('image')
  const copyTo = flags.string('copy-to')
  const target = flags.string('target')
  const container = flags.string('container')
  const images = newImages(ctx)
  refuse(
    flags.changed('attach') && flags.bool('attach') && !image && !container,
    'you must specify --container or create a new container using --image in order to attach.',
  )
  if (copyTo) {
    refuse(
      !image && !images.size && !words.length,
      'you must specify --image, --set-image or command arguments.',
    )
    refuse(
      words.length > 0 && !container && !image,
      'you must specify an existing container or a new image when specifying args.',
    )
  } else {
    refuse(flags.bool('replace'), '--replace may only be used with --copy-to.')
    refuse(flags.bool('same-node'), '--same-node may only be used with --copy-to.')
    refuse(images.size > 0, '--set-image may only be used with --copy-to.')
    refuse(!image, 'you must specify --image when not using --copy-to.')
  }
  refuse(image !== '' && !parseImage(image), `invalid image name ${goQuote(image)}: invalid reference format`)
  refuse(!targets.length && !flags.list('filename').length, 'NAME or filename is required for debug')
  const policy = flags.string('image-pull-policy')
  refuse(
    policy !== '' && !['Always', 'IfNotPresent', 'Never'].includes(policy),
    `invalid image pull policy: ${policy}`,
  )
  for (const [name, value] of images)
    refuse(
      !parseImage(value),
      `invalid image name ${goQuote(value)} for container ${goQuote(name)}: invalid reference format`,
    )
  refuse(
    target !== '' && copyTo !== '',
    '--target is incompatible with --copy-to. Use --share-processes instead.',
  )
  if (target)
    note(
      ctx,
      `Targeting container ${goQuote(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.`,
    )
  refuse(
    flags.bool('tty') && !flags.bool('stdin'),
    '-i/--stdin is required for containers with -t/--tty=true',
  )
}

/** What debug tells of its own doings, on stdout. */
function note(ctx: Context, text: string): void {
  if (!ctx.flags.bool('quiet')) ctx.line(text)
}

/** `--set-image`: images by the names of containers, or for all of them (`*`). */
const newImages = ({ flags }: Context): ReadonlyMap<string, string> =>
  new Map(
    flags
      .list('set-image')
      .flatMap(text => text.split(','))
      .map(text => text.split(/=(.*)/s) as [string, string]),
  )

function variables({ flags }: Context): { name: string; value: string }[] {
  return flags.list('env').map(text => {
    const [name = '', value = ''] = text.split(/=(.*)/s)
    return { name, value }
  })
}

function debugContainer(ctx: Context, name: string, words: readonly string[]): Container {
  const { flags } = ctx
  const env = variables(ctx)
  const pullPolicy = flags.string('image-pull-policy')
  return {
    ...(words.length && { [flags.bool('arguments-only') ? 'args' : 'command']: [...words] }),
    ...(env.length && { env }),
    image: flags.string('image'),
    ...(pullPolicy && { imagePullPolicy: pullPolicy }),
    name,
    resources: {},
    ...(flags.bool('stdin') && { stdin: true }),
    terminationMessagePolicy: 'File',
    ...(flags.bool('tty') && { tty: true }),
  }
}

function containerName(ctx: Context, pod: NewPod): string {
  const given = ctx.flags.string('container')
  if (given) return given
  const taken = new Set(
    [...pod.spec.containers, ...(pod.spec.initContainers ?? []), ...(pod.spec.ephemeralContainers ?? [])].map(
      c => c.name,
    ),
  )
  for (;;) {
    const name = `debugger-${ctx.process.engine.random.suffix()}`
    if (taken.has(name)) continue
    note(ctx, `Defaulting debug container name to ${name}.`)
    return name
  }
}

function addEphemeral(ctx: Context, pod: Pod, words: readonly string[], custom: Custom): [Pod, string] {
  const name = containerName(ctx, pod)
  const target = ctx.flags.string('target')
  const list = [{ ...debugContainer(ctx, name, words), ...(target && { targetContainerName: target }) }]
  applyProfile(ctx, pod, list, name, 'ephemeral')
  applyCustom(custom, list, name)
  const changed = ctx.client.patch(
    ctx.discovery.known('pods'),
    pod.metadata.namespace!,
    pod.metadata.name,
    'strategic',
    { spec: { ephemeralContainers: list } },
    undefined,
    'ephemeralcontainers',
  )
  return [changed, name]
}

/** A copy that only runs other images has no container to debug with, and stays as the pod is. */
function copyPod(
  ctx: Context,
  pod: Pod,
  words: readonly string[],
  custom: Custom,
): [Pod, string | undefined] {
  const { flags } = ctx
  const { labels, annotations, namespace } = pod.metadata
  const spec = copyJson(pod.spec)
  delete spec.ephemeralContainers
  if (flags.changed('share-processes')) spec.shareProcessNamespace = flags.bool('share-processes')
  if (!flags.bool('same-node')) delete spec.nodeName
  const images = newImages(ctx)
  for (const container of spec.containers) {
    const image = images.get(container.name) ?? images.get('*')
    if (image !== undefined) container.image = image
  }
  const metadata = {
    ...(annotations && { annotations }),
    ...(labels && { labels }),
    name: flags.string('copy-to'),
    namespace,
  }
  const copy: NewPod = { apiVersion: 'v1', kind: 'Pod', metadata, spec }
  const name = changeContainer(ctx, copy, words)
  if (name !== undefined) {
    const { containers, initContainers = [] } = spec
    const list = initContainers.some(c => c.name === name) ? initContainers : containers
    applyProfile(ctx, copy, list, name, 'copy')
    applyCustom(custom, list, name)
  }
  const resource = ctx.discovery.known('pods')
  const created = ctx.client.create(resource, namespace!, copy)
  if (flags.bool('replace'))
    ctx.client.delete(resource, namespace!, pod.metadata.name, { gracePeriodSeconds: 0 })
  return [created, name]
}

/** The container of a copy to debug with: one that it has, changed, or a new one. */
function changeContainer(ctx: Context, copy: NewPod, words: readonly string[]): string | undefined {
  const { flags } = ctx
  const { containers, initContainers = [] } = copy.spec
  const image = flags.string('image')
  const given = flags.string('container')
  const existing = [...containers, ...initContainers].find(each => each.name === given)
  if (!existing) {
    if (image) {
      const name = containerName(ctx, copy)
      containers.push(debugContainer(ctx, name, words))
      return name
    }
    if (flags.list('set-image').length) return undefined
    throw new CommandError('you must specify image when creating new container')
  }
  if (words.length && flags.bool('arguments-only')) existing.args = [...words]
  else if (words.length) {
    existing.command = [...words]
    delete existing.args
  }
  const env = variables(ctx)
  if (env.length) existing.env = env
  if (image) existing.image = image
  const pullPolicy = flags.string('image-pull-policy')
  if (pullPolicy) existing.imagePullPolicy = pullPolicy
  for (const field of ['stdin', 'tty'] as const)
    if (flags.bool(field)) existing[field] = true
    else delete existing[field]
  return given
}

function nodePod(ctx: Context, node: Node, words: readonly string[], custom: Custom): [Pod, string] {
  const { name: nodeName } = node.metadata
  const name = `node-debugger-${nodeName}-${ctx.process.engine.random.suffix()}`
  const container = ctx.flags.string('container') || 'debugger'
  note(ctx, `Creating debugging pod ${name} with container ${container} on node ${nodeName}.`)
  const containers: Container[] = [debugContainer(ctx, container, words)]
  const pod: NewPod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' }, name },
    spec: { containers, nodeName, restartPolicy: 'Never', tolerations: [{ operator: 'Exists' }] },
  }
  applyProfile(ctx, pod, containers, container, 'node')
  applyCustom(custom, containers, container)
  return [ctx.client.create(ctx.discovery.known('pods'), ctx.namespace, pod), container]
}

function* attachTo(ctx: Context, pod: Pod, container: string): Task<number> {
  const { name, namespace } = pod.metadata
  const resource = ctx.discovery.known('pods')
  const stateOf = ({ status }: Pod) =>
    [...(status.containerStatuses ?? []), ...(status.ephemeralContainerStatuses ?? [])].find(
      s => s.name === container,
    )?.state
  const log = (): number => {
    ctx.out(
      ctx.client.text({
        method: 'GET',
        path: pathOf(resource, namespace!, name, 'log'),
        query: { container },
      }),
    )
    return 0
  }
  let said = ''
  for (let tries = 0; tries < 600; tries++) {
    const live = ctx.client.get(resource, namespace!, name)
    const state = stateOf(live)
    if (state?.terminated) return log()
    const why = state?.waiting?.message ?? ''
    if (why && why !== said && !ctx.flags.bool('quiet')) ctx.warn(`container ${container}: ${why}`)
    said = why
    if (state?.running) {
      if (!ctx.flags.bool('quiet')) ctx.err(attachNotice)
      try {
        return yield* stream(ctx, live, 'attach', container, [])
      } catch (error) {
        // It has ended since it was seen running.
        if (!(error instanceof CommandError || error instanceof StatusError)) throw error
        ctx.err(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${error.message}\n`)
        return log()
      }
    }
    yield* sleep(200)
  }
  throw new CommandError('timed out waiting for the condition')
}
