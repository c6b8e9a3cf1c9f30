// How fast an autoscaler's target may grow and shrink: spec.behavior, and without it the old rule (twice as many, or 4,
// at once; the highest recommendation of five minutes). pkg/controller/podautoscaler/horizontal.go, normalizeDesired….
import { quantityMilliValue } from '../kinds/machinery/quantity.ts'
import type { Tolerances } from './hpa-metrics.ts'

interface Policy {
  readonly type: 'Pods' | 'Percent'
  readonly value: number
  readonly periodSeconds: number
}

interface Rules {
  readonly stabilizationWindowSeconds?: number
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled'
  readonly policies?: readonly Policy[]
  readonly tolerance?: string
}

export interface Behavior {
  readonly scaleUp: Rules
  readonly scaleDown: Rules
}

export interface Condition {
  readonly type: 'AbleToScale' | 'ScalingLimited'
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

interface Recommendation {
  readonly at: number
  readonly replicas: number
}

const defaultWindowSeconds = 300
const defaultTolerance = 0.1

export function tolerancesOf(behavior: Behavior | undefined): Tolerances {
  const of = (rules?: Rules) =>
    rules?.tolerance === undefined ? defaultTolerance : quantityMilliValue(rules.tolerance) / 1000
  return { up: of(behavior?.scaleUp), down: of(behavior?.scaleDown) }
}

const limited = (reason: string, message: string): Condition => ({
  type: 'ScalingLimited',
  status: 'True',
  reason,
  message,
})

/** What one autoscaler has recommended and done lately. */
export class Pace {
  #recommendations: Recommendation[] = []
  #begun = false
  /** Changes of the target's size: positive where it grew. */
  #changes: Recommendation[] = []

  /** The size that may be written now, and the conditions that say why. */
  normalize(
    wanted: number,
    current: number,
    {
      minReplicas = 1,
      maxReplicas,
      behavior,
    }: { minReplicas?: number; maxReplicas: number; behavior?: Behavior },
    now: number,
  ): { replicas: number; conditions: readonly Condition[] } {
    const [replicas, stabilized] = this.#stabilize(wanted, current, behavior, now)
    const [allowed, limit] = this.#limit(replicas, current, minReplicas, maxReplicas, behavior, now)
    return { replicas: allowed, conditions: [stabilized, limit] }
  }

  /** The target's size was changed. */
  changed(from: number, to: number, now: number): void {
    this.#changes.push({ at: now, replicas: to - from })
  }

  #stabilize(
    wanted: number,
    current: number,
    behavior: Behavior | undefined,
    now: number,
  ): [number, Condition] {
    const up = (behavior?.scaleUp.stabilizationWindowSeconds ?? 0) * 1000
    const down = (behavior?.scaleDown.stabilizationWindowSeconds ?? defaultWindowSeconds) * 1000
    // What it finds there is the first recommendation.
    if (!this.#begun) this.#recommendations.push({ at: now, replicas: current })
    this.#begun = true
    this.#recommendations = this.#recommendations.filter(({ at }) => now - at <= Math.max(up, down))
    let lowest = wanted
    let highest = wanted
    for (const { at, replicas } of this.#recommendations) {
      if (now - at < up) lowest = Math.min(lowest, replicas)
      if (now - at < down) highest = Math.max(highest, replicas)
    }
    this.#recommendations.push({ at: now, replicas: wanted })
    let replicas = current
    if (replicas < lowest) replicas = lowest
    if (replicas > highest) replicas = highest
    const able = (reason: string, message: string): Condition => ({
      type: 'AbleToScale',
      status: 'True',
      reason,
      message,
    })
    const recent = (what: string, which: string) =>
      `recent recommendations were ${what} than current one, applying the ${which} recent recommendation`
    if (replicas === wanted)
      return [replicas, able('ReadyForNewScale', 'recommended size matches current size')]
    return [
      replicas,
      wanted > replicas
        ? able('ScaleUpStabilized', recent('lower', 'lowest'))
        : able('ScaleDownStabilized', recent('higher', 'highest')),
    ]
  }

  #limit(
    wanted: number,
    current: number,
    least: number,
    most: number,
    behavior: Behavior | undefined,
    now: number,
  ): [number, Condition] {
    if (wanted > current) {
      const rate = behavior ? this.#rate(behavior.scaleUp, current, 1, now) : Math.max(2 * current, 4)
      const [allowed, reason, message] =
        most > rate
          ? ([
              Math.max(rate, current),
              'ScaleUpLimit',
              'the desired replica count is increasing faster than the maximum scale rate',
            ] as const)
          : ([
              most,
              'TooManyReplicas',
              'the desired replica count is more than the maximum replica count',
            ] as const)
      if (wanted > allowed) return [allowed, limited(reason, message)]
    } else if (wanted < current) {
      const rate = behavior ? this.#rate(behavior.scaleDown, current, -1, now) : 0
      const [allowed, reason, message] =
        least < rate
          ? ([
              Math.min(rate, current),
              'ScaleDownLimit',
              'the desired replica count is decreasing faster than the maximum scale rate',
            ] as const)
          : ([
              least,
              'TooFewReplicas',
              'the desired replica count is less than the minimum replica count',
            ] as const)
      if (wanted < allowed) return [allowed, limited(reason, message)]
    }
    if (wanted > most)
      return [
        most,
        limited('TooManyReplicas', 'the desired replica count is more than the maximum replica count'),
      ]
    if (wanted < least)
      return [
        least,
        limited('TooFewReplicas', 'the desired replica count is less than the minimum replica count'),
      ]
    const message = 'the desired count is within the acceptable range'
    return [wanted, { type: 'ScalingLimited', status: 'False', reason: 'DesiredWithinRange', message }]
  }

  /** How far the policies of one direction let it go now. */
  #rate({ selectPolicy = 'Max', policies = [] }: Rules, current: number, sign: 1 | -1, now: number): number {
    if (selectPolicy === 'Disabled') return current
    const limits = policies.map(({ type, value, periodSeconds }) => {
      const recent = this.#changes.filter(({ at }) => now - at < periodSeconds * 1000)
      const begun = current - recent.reduce((sum, { replicas }) => sum + replicas, 0)
      if (type === 'Pods') return begun + sign * value
      const part = begun * (1 + (sign * value) / 100)
      return sign > 0 ? Math.ceil(part) : Math.floor(part)
    })
    // The most change: upwards the highest, downwards the lowest limit.
    const highest = (selectPolicy === 'Max') === sign > 0
    return highest ? Math.max(...limits) : Math.min(...limits)
  }
}
