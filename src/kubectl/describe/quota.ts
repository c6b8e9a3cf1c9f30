// kubectl describe of Namespace, ResourceQuota, LimitRange and PodDisruptionBudget.

import { dictionary } from '../../engine/dictionary.ts'
import type { LimitRange, Namespace, PodDisruptionBudget, ResourceQuota } from '../../kinds/schema/types.ts'
import { describeSelector } from '../print/labels.ts'
import { annotations, type Describer, events, labels } from './parts.ts'
import { entriesOf, list } from './queries.ts'
import type { DescribeWriter } from './writer.ts'

/** helpers in describeNamespace: what each quota scope matches. */
const scopeTexts: Record<string, string> = dictionary({
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
})

const limitColumns = [
  'Type',
  'Resource',
  'Min',
  'Max',
  'Default Request',
  'Default Limit',
  'Max Limit/Request Ratio',
]
const limitRules = [
  '----',
  '--------',
  '---',
  '---',
  '---------------',
  '-------------',
  '-----------------------',
]

function limitRows({ spec }: LimitRange): string[][] {
  return (spec.limits ?? []).flatMap(item => {
    const names = new Set(
      (['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const).flatMap(field =>
        Object.keys(item[field] ?? {}),
      ),
    )
    return [...names]
      .sort()
      .map(name => [
        item.type,
        name,
        ...(['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'] as const).map(
          field => item[field]?.[name] ?? '-',
        ),
      ])
  })
}

export const describeNamespace: Describer<Namespace> = (namespace, d) => {
  const { w } = d
  const { metadata, status } = namespace
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.line(0, 'Status:', status.phase ?? '')
  if (status.conditions?.length) {
    w.line(0, 'Conditions:')
    w.line(1, 'Type', 'Status', 'LastTransitionTime', 'Reason', 'Message')
    w.line(1, '----', '------', '------------------', '------', '-------')
    for (const c of status.conditions)
      w.line(1, c.type, c.status, c.lastTransitionTime ?? '', c.reason ?? '', c.message ?? '')
  }
  const quotas = list(d, 'resourcequotas', '', metadata.name)
  const limits = list(d, 'limitranges', '', metadata.name)
  if (quotas.length === 0) w.write(0, '\nNo resource quota.\n')
  else {
    w.write(0, '\nResource Quotas\n')
    for (const quota of quotas) {
      w.line(1, 'Name:', quota.metadata.name)
      scopeLines(w, quota, '  * ', '  ')
      w.line(1, 'Resource', 'Used', 'Hard')
      w.line(1, '--------', '---', '---')
      usageLines(w, quota, '  ')
    }
  }
  if (limits.length === 0) w.write(0, '\nNo LimitRange resource.\n')
  else {
    w.write(0, '\nResource Limits\n')
    w.write(0, ` ${limitColumns.join('\t')}\n ${limitRules.join('\t')}\n`)
    for (const row of limits.flatMap(limitRows)) w.write(0, ` ${row.join('\t')}\n`)
  }
}

function scopeLines(w: DescribeWriter, { spec }: ResourceQuota, bullet: string, indent: string): void {
  const scopes: string[] = [...(spec.scopes ?? [])].sort()
  if (scopes.length === 0) return
  w.write(0, `${indent}Scopes:\t${scopes.join(', ')}\n`)
  for (const each of scopes) if (scopeTexts[each]) w.write(0, `${bullet}${scopeTexts[each]}\n`)
}

function usageLines(w: DescribeWriter, { status }: ResourceQuota, indent: string): void {
  for (const [name, hard] of entriesOf(status.hard))
    w.write(0, `${indent}${name}\t${status.used?.[name] ?? '0'}\t${hard}\n`)
}

export const describeResourceQuota: Describer<ResourceQuota> = (quota, { w }) => {
  w.line(0, 'Name:', quota.metadata.name)
  w.line(0, 'Namespace:', quota.metadata.namespace ?? '')
  scopeLines(w, quota, ' * ', '')
  w.line(0, 'Resource', 'Used', 'Hard')
  w.line(0, '--------', '----', '----')
  usageLines(w, quota, '')
}

export const describeLimitRange: Describer<LimitRange> = (range, { w }) => {
  w.line(0, 'Name:', range.metadata.name)
  w.line(0, 'Namespace:', range.metadata.namespace ?? '')
  w.line(0, ...limitColumns)
  w.line(0, ...limitRules)
  for (const row of limitRows(range)) w.line(0, ...row)
}

export const describePodDisruptionBudget: Describer<PodDisruptionBudget> = (budget, d) => {
  const { w } = d
  const { metadata, spec, status } = budget
  w.line(0, 'Name:', metadata.name)
  w.line(0, 'Namespace:', metadata.namespace ?? '')
  if (spec.minAvailable !== undefined) w.line(0, 'Min available:', spec.minAvailable)
  else if (spec.maxUnavailable !== undefined) w.line(0, 'Max unavailable:', spec.maxUnavailable)
  w.line(0, 'Selector:', spec.selector ? describeSelector(spec.selector) : '<unset>')
  w.line(0, 'Status:')
  w.write(0, `    Allowed disruptions:\t${status?.disruptionsAllowed ?? 0}\n`)
  w.write(0, `    Current:\t${status?.currentHealthy ?? 0}\n`)
  w.write(0, `    Desired:\t${status?.desiredHealthy ?? 0}\n`)
  w.write(0, `    Total:\t${status?.expectedPods ?? 0}\n`)
  events(budget, d)
}
