// ValidatingWebhookConfiguration and MutatingWebhookConfiguration: pkg/apis/admissionregistration.

import type { AnyKind } from './kind.ts'
import {
  defaultRule,
  failurePolicies,
  oneOf,
  validateMatchConditions,
  validateRule,
} from './machinery/admission-rules.ts'
import { age } from './machinery/duration.ts'
import { child, duplicate, type FieldError, index, invalid, required } from './machinery/field-error.ts'
import { invalidEach, validateLabelSelector } from './machinery/meta-validation.ts'
import { isDNS1123Subdomain } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { goQuote } from './machinery/quote.ts'
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  ServiceReference,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from './schema/types.ts'

const group = 'admissionregistration.k8s.io/v1'

type Configuration = MutatingWebhookConfiguration | ValidatingWebhookConfiguration
type Webhook = MutatingWebhook | ValidatingWebhook

function defaultWebhook(webhook: Webhook): void {
  webhook.failurePolicy ??= 'Fail'
  webhook.matchPolicy ??= 'Equivalent'
  webhook.namespaceSelector ??= {}
  webhook.objectSelector ??= {}
  webhook.timeoutSeconds ??= 10
  for (const rule of webhook.rules ?? []) defaultRule(rule)
  const { service } = webhook.clientConfig ?? {}
  if (service) service.port ??= 443
}

/** webhook.ValidateWebhookURL */
function validateUrl(url: string, field: string): FieldError[] {
  const form = '; desired format: https://host[/path]'
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?[^?#]*(\?[^#]*)?(#.*)?$/.exec(url)
  if (!match) return [required(field, `url must be a valid URL: parse ${goQuote(url)}${form}`)]
  const [, scheme, host = '', query, fragment] = match
  const errors: FieldError[] = []
  if (scheme !== 'https')
    errors.push(invalid(field, scheme ?? '', `'https' is the only allowed URL scheme${form}`))
  if (!host) errors.push(invalid(field, host, `host must be specified${form}`))
  if (host.includes('@'))
    errors.push(
      invalid(field, host.slice(0, host.indexOf('@')), 'user information is not permitted in the URL'),
    )
  if (fragment) errors.push(invalid(field, fragment.slice(1), 'fragments are not permitted in the URL'))
  if (query) errors.push(invalid(field, query.slice(1), 'query parameters are not permitted in the URL'))
  return errors
}

/** webhook.ValidateWebhookService */
function validateService({ name, namespace, path, port }: ServiceReference, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (!name) errors.push(required(child(field, 'name'), 'service name is required'))
  if (!namespace) errors.push(required(child(field, 'namespace'), 'service namespace is required'))
  if (port !== undefined && (port < 1 || port > 65535))
    errors.push(
      invalid(child(field, 'port'), port, 'port is not valid: must be between 1 and 65535, inclusive'),
    )
  if (path === undefined) return errors
  const at = child(field, 'path')
  if (!path.startsWith('/')) errors.push(invalid(at, path, "must start with a '/'"))
  const steps = path.slice(1, path.endsWith('/') ? -1 : undefined).split('/')
  if (path !== '/' && path.startsWith('/'))
    for (const [i, step] of steps.entries()) {
      if (!step) errors.push(invalid(at, path, `segment[${i}] may not be empty`))
      else
        for (const fault of isDNS1123Subdomain(step))
          errors.push(invalid(at, path, `segment[${i}]: ${fault}`))
    }
  return errors
}

const versions = ['v1', 'v1beta1']

function validateWebhook(webhook: Webhook, field: string): FieldError[] {
  const at = (name: string) => child(field, name)
  const { name, clientConfig = {}, rules = [], timeoutSeconds, sideEffects } = webhook
  const errors: FieldError[] = []
  errors.push(...fullyQualified(name, at('name')))
  for (const [i, rule] of rules.entries()) errors.push(...validateRule(rule, index(at('rules'), i)))
  errors.push(...oneOf(webhook.failurePolicy, at('failurePolicy'), failurePolicies))
  errors.push(...oneOf(webhook.matchPolicy, at('matchPolicy'), ['Equivalent', 'Exact']))
  if (sideEffects === undefined || sideEffects === null)
    errors.push(required(at('sideEffects'), 'must specify one of None, NoneOnDryRun'))
  else errors.push(...oneOf(sideEffects, at('sideEffects'), ['None', 'NoneOnDryRun']))
  if (timeoutSeconds !== undefined && (timeoutSeconds < 1 || timeoutSeconds > 30))
    errors.push(
      invalid(at('timeoutSeconds'), timeoutSeconds, 'the timeout value must be between 1 and 30 seconds'),
    )
  errors.push(...validateLabelSelector(webhook.namespaceSelector, at('namespaceSelector')))
  errors.push(...validateLabelSelector(webhook.objectSelector, at('objectSelector')))
  const { url, service } = clientConfig
  if ((url === undefined) === (service === undefined))
    errors.push(required(at('clientConfig'), 'exactly one of url or service is required'))
  else if (url !== undefined) errors.push(...validateUrl(url, `${at('clientConfig')}.url`))
  else if (service) errors.push(...validateService(service, `${at('clientConfig')}.service`))
  const { reinvocationPolicy } = webhook as Partial<MutatingWebhook>
  if (reinvocationPolicy !== undefined)
    errors.push(...oneOf(reinvocationPolicy, at('reinvocationPolicy'), ['IfNeeded', 'Never']))
  errors.push(...validateMatchConditions(webhook.matchConditions, at('matchConditions')))
  const given = webhook.admissionReviewVersions ?? []
  if (!given.length) errors.push(required(at('admissionReviewVersions'), 'must specify one of v1, v1beta1'))
  else {
    for (const [i, version] of given.entries())
      if (given.indexOf(version) < i)
        errors.push(invalid(index(at('admissionReviewVersions'), i), version, 'duplicate version'))
    if (!given.some(version => versions.includes(version)))
      errors.push(invalid(at('admissionReviewVersions'), given, 'must include at least one of v1, v1beta1'))
  }
  return errors
}

/** validation.IsFullyQualifiedName */
function fullyQualified(name: string, field: string): FieldError[] {
  if (!name) return [required(field)]
  const faults = isDNS1123Subdomain(name)
  if (faults.length) return invalidEach(field, name, faults)
  return name.split('.').length < 3
    ? [invalid(field, name, 'should be a domain with at least three segments separated by dots')]
    : []
}

function validate({ webhooks }: Configuration): FieldError[] {
  const list: readonly Webhook[] = webhooks ?? []
  return list.flatMap((webhook, i) => [
    ...validateWebhook(webhook, index('webhooks', i)),
    ...(list.findIndex(other => other.name === webhook.name) < i
      ? [duplicate(`webhooks[${i}].name`, webhook.name)]
      : []),
  ])
}

const configuration = (plural: string): AnyKind =>
  defineKind<Configuration>(`${plural}.${group}`, {
    counted: true,
    defaults(object) {
      for (const webhook of object.webhooks ?? []) defaultWebhook(webhook)
      if (object.kind === 'MutatingWebhookConfiguration')
        for (const webhook of object.webhooks ?? []) webhook.reinvocationPolicy ??= 'Never'
    },
    validate,
    validateUpdate: validate,
    row: ({ metadata, webhooks }, { now }) => [
      metadata.name,
      webhooks?.length ?? 0,
      age(metadata.creationTimestamp, now),
    ],
  })

export const webhookConfigurations: readonly AnyKind[] = [
  configuration('validatingwebhookconfigurations'),
  configuration('mutatingwebhookconfigurations'),
]
