// What the kinds that make pods share: a selector, a pod template, replicas; statuses that count.

import type { ObjectMeta } from '../object.ts'
import { defaultPodSpec } from '../pod-spec/defaults.ts'
import { validatePodTemplate } from '../pod-spec/validation.ts'
import { hostnameWarnings, podWarnings } from '../pod-spec/warnings.ts'
import type { LabelSelector, PodTemplateSpec } from '../schema/types.ts'
import { hadEmpty } from './decode.ts'
import { type FieldError, forbidden, invalid, notSupported, required } from './field-error.ts'
import { matches, type Selector, selectorFromObject } from './labels.ts'
import { validateLabelSelector, validateNonnegative } from './meta-validation.ts'

export function defaultTemplate(template: PodTemplateSpec): void {
  defaultPodSpec(template.spec)
}

export const templateWarnings = (template: PodTemplateSpec, field = 'spec.template'): string[] =>
  podWarnings(template.spec, template.metadata, field)

interface Replicated {
  readonly metadata: ObjectMeta
  readonly spec: { readonly template: PodTemplateSpec }
}

/** Of what has pods by a template: when it is made, and when its spec changes. */
export const replicatedWarnings = (object: Replicated, old?: Replicated): string[] =>
  !old
    ? [...hostnameWarnings(object.metadata), ...templateWarnings(object.spec.template)]
    : object.metadata.generation !== old.metadata.generation
      ? templateWarnings(object.spec.template)
      : []

const isEmpty = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  !Object.keys(matchLabels ?? {}).length && !matchExpressions?.length

/** A selector that must be there and must say something. */
export function validateRequiredSelector(
  selector: LabelSelector | null | undefined,
  field: string,
  kind: string,
): FieldError[] {
  if (!selector) return [required(field)]
  const errors = validateLabelSelector(selector, field)
  if (isEmpty(selector)) errors.push(invalid(field, selector, `empty selector is invalid for ${kind}`))
  return errors
}

/** Labels as a message shows them. */
export const shownLabels = ({ metadata }: PodTemplateSpec): unknown =>
  metadata.labels ?? (hadEmpty(metadata, 'labels') ? {} : null)

/** Labels that the selector does not match; an empty selector is another fault. */
export const validateSelectorMatches = (
  selector: Selector,
  template: PodTemplateSpec,
  field: string,
): FieldError[] =>
  selector.length && !matches(selector, template.metadata.labels)
    ? [
        invalid(
          `${field}.metadata.labels`,
          shownLabels(template),
          '`selector` does not match template `labels`',
        ),
      ]
    : []

/** What such pods may not be: ended by themselves or by a deadline. `kind` as the message has it. */
export function validateEndlessTemplate(
  { spec }: PodTemplateSpec,
  field: string,
  kind: string,
): FieldError[] {
  const errors: FieldError[] = []
  if (spec.restartPolicy !== 'Always')
    errors.push(notSupported(`${field}.spec.restartPolicy`, spec.restartPolicy, ['Always']))
  if (spec.activeDeadlineSeconds !== undefined)
    errors.push(
      forbidden(`${field}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`),
    )
  return errors
}

/** Selector and template of Deployments and ReplicaSets. */
export function validateReplicaTemplate(
  selector: LabelSelector | null | undefined,
  template: PodTemplateSpec,
): FieldError[] {
  const errors = validateRequiredSelector(selector, 'spec.selector', 'deployment')
  const compiled = selectorFromObject(selector)
  if (!compiled) return [...errors, invalid('spec.selector', selector, 'invalid label selector')]
  return [
    ...errors,
    ...validateSelectorMatches(compiled, template, 'spec.template'),
    ...validatePodTemplate(template, 'spec.template'),
    ...validateEndlessTemplate(template, 'spec.template', 'ReplicaSet'),
  ]
}

/** Counts of a status: none negative, those in `within` not above status.replicas, `available` not above `ready`. */
export function validateCounts(
  status: object,
  names: readonly string[],
  within: readonly string[],
  ready = 'readyReplicas',
): FieldError[] {
  const counts = status as Readonly<Record<string, number | undefined>>
  const count = (name: string): number => counts[name] ?? 0
  const errors: FieldError[] = []
  for (const name of names)
    if (count(name) < 0) errors.push(...validateNonnegative(count(name), `status.${name}`))
  for (const name of within)
    if (count(name) > count('replicas'))
      errors.push(invalid(`status.${name}`, count(name), 'cannot be greater than status.replicas'))
  if (within.length && count('availableReplicas') > count('readyReplicas'))
    errors.push(
      invalid('status.availableReplicas', count('availableReplicas'), `cannot be greater than ${ready}`),
    )
  return errors
}

export const validateCollisionCount = (
  status: { collisionCount?: number },
  old: { collisionCount?: number },
): FieldError[] =>
  old.collisionCount !== undefined && (status.collisionCount ?? -1) < old.collisionCount
    ? [invalid('status.collisionCount', status.collisionCount ?? 0, 'cannot be decremented')]
    : []
