// The addresses of a Service and their families: what clusterIP and clusterIPs mean together, and what the API server of
// a cluster with IPv4 alone makes of ipFamilies and ipFamilyPolicy before it allocates (pkg/registry/core/service/storage/
// alloc.go, initIPFamilyFields).
import { duplicate, type FieldError, invalid, notSupported, required } from './machinery/field-error.ts'
import { parseAddress, validateIP } from './machinery/ip.ts'
import type { ServiceSpec } from './schema/types.ts'

export const isHeadless = ({ clusterIPs }: ServiceSpec): boolean =>
  clusterIPs?.length === 1 && clusterIPs[0] === 'None'

/** ValidateServiceClusterIPsRelatedFields. */
export function validateAddresses(spec: ServiceSpec, old: ServiceSpec | undefined): FieldError[] {
  if (spec.type === 'ExternalName') return []
  const { clusterIP, clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec
  const at = 'spec.clusterIPs'
  const errors: FieldError[] = []
  if (clusterIP) {
    if (!clusterIPs.length) errors.push(required(at))
    else if (clusterIPs[0] !== clusterIP)
      errors.push(invalid(at, clusterIPs, 'first value must match `clusterIP`'))
  } else if (clusterIPs.length)
    errors.push(invalid(at, clusterIPs, 'must be empty when `clusterIP` is not specified'))
  ipFamilies.forEach((family, i) => {
    if (family !== 'IPv4' && family !== 'IPv6')
      errors.push(notSupported(`spec.ipFamilies[${i}]`, family, ['IPv4', 'IPv6']))
    if (ipFamilies.indexOf(family) < i) errors.push(duplicate(`spec.ipFamilies[${i}]`, family))
  })
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack']
  if (ipFamilyPolicy !== undefined && !policies.includes(ipFamilyPolicy))
    errors.push(notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, policies))
  let broken = false
  clusterIPs.forEach((ip, i) => {
    if (i === 0 && ip === 'None') {
      if (clusterIPs.length === 1) return
      broken = true
      errors.push(invalid(at, clusterIPs, "'None' must be the first and only value"))
      return
    }
    if (old?.clusterIPs?.includes(ip)) return
    const faults = validateIP(ip, `${at}[${i}]`)
    broken ||= faults.length > 0
    errors.push(...faults)
  })
  if (clusterIPs.length > 2) errors.push(invalid(at, clusterIPs, 'may only hold up to 2 values'))
  if (broken) return errors
  const families = clusterIPs.map(ip => parseAddress(ip)?.family)
  if (clusterIPs.length > 1 && !(families.includes(4) && families.includes(6)))
    errors.push(invalid(at, clusterIPs, 'may specify no more than one IP for each IP family'))
  if (!isHeadless(spec))
    clusterIPs.forEach((ip, i) => {
      const family = ipFamilies[i]
      if ((family === 'IPv4' && families[i] === 6) || (family === 'IPv6' && families[i] !== 6))
        errors.push(
          invalid(`${at}[${i}]`, ip, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``),
        )
    })
  return errors
}

/** Fills in clusterIPs and the families of `spec`; what is returned refuses it. */
export function setFamilies(spec: ServiceSpec, old: ServiceSpec | undefined): FieldError[] {
  if (spec.type === 'ExternalName') return []
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP]
  const faults = validateAddresses(spec, old)
  if (faults.length) return faults
  for (const [i, ip] of (spec.clusterIPs ?? []).entries())
    if (i >= (spec.ipFamilies?.length ?? 0) && parseAddress(ip)?.family === 6)
      return [invalid(`spec.clusterIPs[${i}]`, spec.clusterIPs, 'IPv6 is not configured on this cluster')]
  if (spec.clusterIP === 'None' && !Object.keys(spec.selector ?? {}).length) {
    if (!spec.ipFamilies?.length)
      spec.ipFamilies = spec.ipFamilyPolicy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6']
    spec.ipFamilyPolicy ??= spec.ipFamilies.length > 1 ? 'RequireDualStack' : 'SingleStack'
    return []
  }
  const errors: FieldError[] = []
  if (spec.ipFamilyPolicy === 'RequireDualStack')
    errors.push(
      invalid(
        'spec.ipFamilyPolicy',
        spec.ipFamilyPolicy,
        'this cluster is not configured for dual-stack services',
      ),
    )
  for (const [i, family] of (spec.ipFamilies ?? []).entries())
    if (family !== 'IPv4')
      errors.push(invalid(`spec.ipFamilies[${i}]`, family, 'not configured on this cluster'))
  if (errors.length) return errors
  if (!spec.ipFamilies?.length) spec.ipFamilies = ['IPv4']
  spec.ipFamilyPolicy ??= 'SingleStack'
  return []
}
