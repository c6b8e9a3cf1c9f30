// Ingress: pkg/apis/networking, pkg/registry/networking/ingress.
import { validateTypedReference } from './ingressclass.ts'
import { hadEmpty } from './machinery/decode.ts'
import { age } from './machinery/duration.ts'
import { type FieldError, invalid, notSupported, required } from './machinery/field-error.ts'
import { parseAddress, validateIP } from './machinery/ip.ts'
import { invalidEach } from './machinery/meta-validation.ts'
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isPortName,
  isPortNumber,
  isWildcardDNS1123Subdomain,
} from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { HTTPIngressPath, Ingress, IngressBackend, IngressRule, IngressSpec } from './schema/types.ts'

const classAnnotation = 'kubernetes.io/ingress.class'

const validateHost = (host: string, field: string): FieldError[] =>
  invalidEach(field, host, host.includes('*') ? isWildcardDNS1123Subdomain(host) : isDNS1123Subdomain(host))

function validateBackend({ service, resource }: IngressBackend, field: string): FieldError[] {
  if (service && resource) return [invalid(field, '', 'cannot set both resource and service backends')]
  if (resource) return validateTypedReference(resource, `${field}.resource`)
  if (!service) return [invalid(field, '', 'resource or service backend is required')]
  const at = `${field}.service`
  const errors = service.name
    ? invalidEach(`${at}.name`, service.name, isDNS1123Label(service.name))
    : [required(`${at}.name`)]
  const { name, number } = service.port
  if (name && number) errors.push(invalid(field, '', 'cannot set both port name & port number'))
  else if (name) errors.push(...invalidEach(`${at}.port.name`, name, isPortName(name)))
  else if (number) errors.push(...invalidEach(`${at}.port.number`, number, isPortNumber(number)))
  else errors.push(required(field, 'port name or number is required'))
  return errors
}

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix']

function validatePath({ path = '', pathType, backend }: HTTPIngressPath, field: string): FieldError[] {
  if ((pathType ?? null) === null) return [required(`${field}.pathType`, 'pathType must be specified')]
  const errors: FieldError[] = []
  const bad = (detail: string) => errors.push(invalid(`${field}.path`, path, detail))
  if (!pathTypes.includes(pathType)) errors.push(notSupported(`${field}.pathType`, pathType, pathTypes))
  else {
    const strict = pathType !== 'ImplementationSpecific'
    if (!path.startsWith('/') && (strict || path)) bad('must be an absolute path')
    if (strict) {
      for (const part of ['//', '/./', '/../', '%2f', '%2F'])
        if (path.includes(part)) bad(`must not contain '${part}'`)
      for (const end of ['/..', '/.']) if (path.endsWith(end)) bad(`cannot end with '${end}'`)
    }
  }
  return [...errors, ...validateBackend(backend, `${field}.backend`)]
}

function validateRule({ host, http }: IngressRule, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (host) {
    if (parseAddress(host))
      errors.push(invalid(`${field}.host`, host, 'must be a DNS name, not an IP address'))
    errors.push(...validateHost(host, `${field}.host`))
  }
  if (!http) return errors
  const at = `${field}.http.paths`
  const paths = http.paths ?? []
  if (!paths.length) errors.push(required(at))
  return [...errors, ...paths.flatMap((path, i) => validatePath(path, `${at}[${i}]`))]
}

function validateSpec(spec: IngressSpec): FieldError[] {
  const { rules, defaultBackend, tls, ingressClassName } = spec
  const errors: FieldError[] = []
  if (!rules?.length && !defaultBackend)
    errors.push(
      invalid(
        'spec',
        hadEmpty(spec, 'rules') ? [] : null,
        'either `defaultBackend` or `rules` must be specified',
      ),
    )
  if (defaultBackend) errors.push(...validateBackend(defaultBackend, 'spec.defaultBackend'))
  errors.push(...(rules ?? []).flatMap((rule, i) => validateRule(rule, `spec.rules[${i}]`)))
  ;(tls ?? []).forEach(({ hosts, secretName }, i) => {
    const at = `spec.tls[${i}]`
    errors.push(...(hosts ?? []).flatMap((host, j) => validateHost(host, `${at}.hosts[${j}]`)))
    if (secretName)
      errors.push(...invalidEach(`${at}.secretName`, secretName, isDNS1123Subdomain(secretName)))
  })
  if (ingressClassName !== undefined)
    errors.push(
      ...invalidEach('spec.ingressClassName', ingressClassName, isDNS1123Subdomain(ingressClassName)),
    )
  return errors
}

const maxHosts = 3

function formatHosts(rules: readonly IngressRule[]): string {
  const hosts = rules.flatMap(({ host }) => host || [])
  if (!hosts.length) return '*'
  const list = hosts.slice(0, maxHosts).join(',')
  return hosts.length > maxHosts ? `${list} + ${rules.length - maxHosts} more...` : list
}

export const ingress = defineKind<Ingress>('ingresses.networking.k8s.io/v1', {
  counted: true,
  validate({ metadata, spec }) {
    const annotation = metadata.annotations?.[classAnnotation]
    const { ingressClassName } = spec
    return [
      ...validateSpec(spec),
      ...(annotation !== undefined && ingressClassName !== undefined && annotation !== ingressClassName
        ? [
            invalid(
              `annotations.${classAnnotation}`,
              annotation,
              'must match `ingressClassName` when both are specified',
            ),
          ]
        : []),
    ]
  },
  validateUpdate: ({ spec }) => validateSpec(spec),
  warnings: ({ metadata }, old) =>
    !old && metadata.annotations?.[classAnnotation] !== undefined
      ? [`annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`]
      : [],
  status: {
    validateUpdate: ({ status }) =>
      (status.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }, i) => {
        const at = `status.loadBalancer.ingress[${i}]`
        return [
          ...(ip ? validateIP(ip, `${at}.ip`) : []),
          ...(hostname ? invalidEach(`${at}.hostname`, hostname, isDNS1123Subdomain(hostname)) : []),
          ...(hostname && parseAddress(hostname)
            ? [invalid(`${at}.hostname`, hostname, 'must be a DNS name, not an IP address')]
            : []),
        ]
      }),
  },
  row({ metadata, spec, status }, { now }) {
    const addresses = (status.loadBalancer?.ingress ?? []).flatMap(i => i.ip || i.hostname || [])
    return [
      metadata.name,
      spec.ingressClassName ?? '<none>',
      formatHosts(spec.rules ?? []),
      [...new Set(addresses)].sort().join(','),
      spec.tls?.length ? '80, 443' : '80',
      age(metadata.creationTimestamp, now),
    ]
  },
})
