// kubectl autoscale: a HorizontalPodAutoscaler for what can be scaled.
import { build } from '../builder.ts'
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
import { groupVersion } from '../discovery.ts'
import { CommandError, throwAll } from '../errors.ts'
import { sendGenerated } from '../generate.ts'
import { forEach } from '../patching.ts'
import { requireFlags } from './create-generator.ts'

function metric(ctx: Context, name: 'cpu' | 'memory'): object[] {
  const text = ctx.flags.string(name)
  if (!text) return []
  const percent = /^(\d+)%$/.exec(text)
  const quantity = /^\d[\d.]*([numkMGTPE]|[KMGTPE]i)?$/.test(text)
  if (!percent && !quantity) throw new CommandError(`invalid resource ${name} value: ${text}`)
  const target = percent
    ? { averageUtilization: Number(percent[1]), type: 'Utilization' }
    : { averageValue: text, type: 'AverageValue' }
  return [{ resource: { name, target }, type: 'Resource' }]
}

export const autoscale: Command = {
  name: 'autoscale',
  flags: `${printFlags}${fileFlags}${dryRunFlag}${recordFlag}${managerFlag('kubectl-autoscale')}cpu:s cpu-percent:n=-1
    max:n=-1 memory:s min:n=-1 name:s save-config`,
  deprecated: {
    ...recordDeprecated,
    'cpu-percent':
      "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
  },
  *run(ctx) {
    const { flags } = ctx
    requireFlags(ctx, ['max'])
    const [min, max] = [flags.int('min'), flags.int('max')]
    if (max < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${max}`)
    if (max < min)
      throw new CommandError(
        `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`,
      )
    const metrics = [...metric(ctx, 'cpu'), ...metric(ctx, 'memory')]
    const percent = flags.int('cpu-percent')
    if (percent >= 0)
      metrics.push({
        resource: { name: 'cpu', target: { averageUtilization: percent, type: 'Utilization' } },
        type: 'Resource',
      })
    const { infos, errors } = yield* build(ctx, { latest: true, continueOnError: true })
    const all: Error[] = [...errors]
    forEach(infos, all, ({ resource, name }) => {
      if (!resource.subresources.some(s => s.name === 'scale'))
        throw new CommandError(
          `cannot autoscale a ${resource.kind}: could not find scale subresource for ${resource.group}/${resource.version}, Resource=${resource.plural} in discovery information`,
        )
      const autoscaler = {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: flags.string('name') || name },
        spec: {
          maxReplicas: max,
          ...(metrics.length && { metrics }),
          ...(min > 0 && { minReplicas: min }),
          scaleTargetRef: { apiVersion: groupVersion(resource), kind: resource.kind, name },
        },
        status: { currentMetrics: null, desiredReplicas: 0 },
      }
      sendGenerated(ctx, autoscaler, { operation: ctx.dryRun === 'client' ? 'created' : 'autoscaled' })
    })
    throwAll(all)
    return 0
  },
}
