// kubectl run: one pod, and with --expose a service for it.

import { latencies } from '../../engine/latencies.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { parseImage } from '../../kinds/machinery/image.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { cascadeOf } from '../cascade.ts'
import { pathOf } from '../client.ts'
import {
  type Command,
  dryRunFlag,
  fileFlags,
  managerFlag,
  printFlags,
  recordDeprecated,
  recordFlag,
} from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, SilentExit, StatusError } from '../errors.ts'
import { createGenerated, portNumber, printGenerated, sendGenerated } from '../generate.ts'
import { withOverrides } from '../overrides.ts'
import { isPod } from '../pods.ts'
import { intOrPercent, meta, parseLabels, requireFlags } from './create-generator.ts'
import { attachNotice, stream } from './exec.ts'

export const run: Command = {
  name: 'run',
  flags: `${printFlags}${fileFlags}${dryRunFlag}${recordFlag}${managerFlag('kubectl-run')}annotations:a attach
    cascade:s=background?background command detach-keys:s env:a expose force grace-period:i=-1 image:s
    image-pull-policy:s labels,l:s leave-stdin-open override-type:s=merge overrides:s pod-running-timeout:d=1m0s port:s
    privileged quiet,q restart:s=Always rm save-config stdin,i timeout:d tty,t wait`,
  idle: 'detach-keys',
  deprecated: recordDeprecated,
  *run(ctx) {
    const { flags } = ctx
    requireFlags(ctx, ['image'])
    const image = flags.string('image')
    if (!image) throw new CommandError('--image is required')
    if (!parseImage(image))
      throw new CommandError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`)
    const pullPolicy = flags.string('image-pull-policy')
    if (pullPolicy && !['Always', 'IfNotPresent', 'Never'].includes(pullPolicy))
      throw ctx.usageError(`invalid image pull policy: ${pullPolicy}`)
    const [name, ...words] = ctx.args
    if (name === undefined || ctx.flags.dashAt === 0) throw ctx.usageError('NAME is required for run')
    if (flags.bool('tty') && !flags.bool('stdin'))
      throw ctx.usageError('-i/--stdin is required for containers with -t/--tty=true')
    if (flags.bool('expose') && !flags.string('port'))
      throw ctx.usageError('--port must be set when exposing a service')
    const restart = restartPolicy(ctx)
    if (!['Always', 'OnFailure', 'Never'].includes(restart))
      throw ctx.usageError(`invalid restart policy: ${restart}`)
    const attached = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin')
    if (flags.bool('rm') && !attached)
      throw ctx.usageError('--rm should only be used for attached containers')
    if (attached && ctx.dryRun !== 'none')
      throw ctx.usageError(
        "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
      )
    cascadeOf(ctx)
    if (flags.duration('pod-running-timeout') <= 0)
      throw ctx.usageError('--pod-running-timeout must be higher than zero')
    const pod = withOverrides(ctx, podFor(ctx, name, words))
    ctx.discovery.reach()
    const resource = ctx.discovery.known('pods')
    const created = createGenerated(ctx, pod, { sentOnly: true, resource })
    const unexposed = flags.bool('expose') ? expose(ctx, name, pod) : undefined
    if (!attached || !isPod(created)) {
      printGenerated(ctx, created)
      if (unexposed) throw unexposed
      return 0
    }
    try {
      return yield* attachTo(ctx, created)
    } finally {
      if (flags.bool('rm')) {
        ctx.client.delete(resource, ctx.namespace, name, {})
        if (!flags.bool('quiet')) ctx.line(`pod "${name}" deleted from ${ctx.namespace} namespace`)
      }
    }
  },
}

const restartPolicy = (ctx: Context): string => ctx.flags.string('restart') || 'Always'

function podFor(ctx: Context, name: string, words: readonly string[]) {
  const { flags } = ctx
  const labels = flags.string('labels') ? parseLabels(flags.string('labels')) : { run: name }
  const env = flags.list('env').map(text => {
    const equals = text.indexOf('=')
    const [name, value] = [text.slice(0, equals), text.slice(equals + 1)]
    if (equals < 1 || !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name))
      throw new CommandError(`invalid env: ${text}`)
    return { name, ...(value && { value }) }
  })
  const annotations: Record<string, string> = {}
  for (const text of flags.list('annotations')) {
    const equals = text.indexOf('=')
    if (equals < 1) throw new CommandError(`invalid annotations format: ${text}`)
    annotations[text.slice(0, equals)] = text.slice(equals + 1)
  }
  const [port, pullPolicy] = [flags.string('port'), flags.string('image-pull-policy')]
  const container = {
    ...(words.length && { [flags.bool('command') ? 'command' : 'args']: [...words] }),
    ...(env.length && { env }),
    image: flags.string('image'),
    ...(pullPolicy && { imagePullPolicy: pullPolicy }),
    name,
    ...(port && { ports: [{ containerPort: portNumber(port) }] }),
    resources: {},
    ...(flags.bool('privileged') && { securityContext: { privileged: true } }),
    ...(flags.bool('stdin') && { stdin: true, ...(!flags.bool('leave-stdin-open') && { stdinOnce: true }) }),
    ...(flags.bool('tty') && { tty: true }),
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(ctx, name, { ...(Object.keys(annotations).length && { annotations }), labels }),
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: restartPolicy(ctx) },
    status: {},
  }
}

/** Makes the service, and prints it before the pod; an error is told at the end. */
function expose(ctx: Context, name: string, pod: KubeObject): unknown {
  try {
    sendGenerated(ctx, serviceFor(ctx, name, pod), { sentOnly: true })
  } catch (error) {
    return error
  }
  if (ctx.flags.string('output') === 'yaml') ctx.out('---\n---\n')
  return undefined
}

function serviceFor(ctx: Context, name: string, pod: KubeObject) {
  const port = portNumber(ctx.flags.string('port'))
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(ctx, name, ctx.flags.string('labels') ? { labels: pod.metadata.labels } : {}),
    spec: {
      ports: [{ port, protocol: 'TCP', targetPort: intOrPercent(String(port)) }],
      selector: pod.metadata.labels,
    },
    status: { loadBalancer: {} },
  }
}

/** Waits until the pod runs, then joins its streams; a pod that has ended by then is read from its log. */
function* attachTo(ctx: Context, created: Pod): Task<number> {
  const { flags } = ctx
  const { name } = created.metadata
  const timeout = ctx.now + flags.duration('pod-running-timeout')
  let pod = yield* until(ctx, created, ({ status: { phase } }) => phase !== 'Pending' && !!phase, timeout)
  const log = () =>
    ctx.out(
      ctx.client.text({
        method: 'GET',
        path: pathOf(ctx.discovery.known('pods'), ctx.namespace, name, 'log'),
      }),
    )
  if (pod.status.phase !== 'Running') log()
  else {
    if (!flags.bool('quiet')) ctx.err(attachNotice)
    yield* sleep(ctx.process.engine.random.draw(latencies.join))
    try {
      yield* stream(ctx, pod, 'attach', pod.spec.containers[0]!.name, [])
    } catch (error) {
      if (error instanceof CommandError || error instanceof StatusError) {
        ctx.err(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${error.message}\n`)
        pod = yield* until(ctx, pod, hasEnded, Number.POSITIVE_INFINITY)
        // The log is read for the attachment, and once more at its end.
        log()
        log()
      } else if (!(error instanceof SilentExit)) throw error
    }
  }
  if (restartPolicy(ctx) === 'Always') return 0
  pod = yield* until(ctx, pod, hasEnded, Number.POSITIVE_INFINITY)
  if (pod.status.phase !== 'Failed') return 0
  const ended = pod.status.containerStatuses?.[0]?.state?.terminated
  ctx.err(`pod ${ctx.namespace}/${name} terminated (${ended?.reason ?? 'Error'})\n`)
  return ended?.exitCode || 1
}

const hasEnded = ({ status: { phase } }: Pod): boolean => phase === 'Succeeded' || phase === 'Failed'

/** The first state of the pod that fulfils a condition. */
function* until(ctx: Context, pod: Pod, met: (pod: Pod) => boolean, end: number): Task<Pod> {
  if (met(pod)) return pod
  const { name, resourceVersion } = pod.metadata
  const queue = ctx.client.watch(ctx.discovery.known('pods'), ctx.namespace, {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: resourceVersion!,
  })
  try {
    for (;;) {
      const event = yield* queue.next(Number.isFinite(end) ? end : undefined)
      if (!event) throw new CommandError('timed out waiting for the condition')
      if (event.type === 'DELETED') throw new CommandError('object has been deleted')
      if (event.type !== 'BOOKMARK' && event.type !== 'ERROR' && met(event.object)) return event.object
    }
  } finally {
    queue.stop()
  }
}
