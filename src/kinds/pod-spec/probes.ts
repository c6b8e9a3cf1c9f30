// Probes and lifecycle handlers: validateProbe, validateHandler, validateLifecycle.
import { type FieldError, forbidden, invalid, notSupported, required } from '../machinery/field-error.ts'
import { invalidEach, validateNonnegative } from '../machinery/meta-validation.ts'
import { isHTTPHeaderName, isPortName, isPortNumber } from '../machinery/names.ts'
import type {
  Container,
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  PodSpec,
  Probe,
} from '../schema/types.ts'

export const validatePort = (port: number | string, field: string): FieldError[] =>
  invalidEach(field, port, typeof port === 'number' ? isPortNumber(port) : isPortName(port))

function validateHttpGet({ path, port, scheme, httpHeaders }: HTTPGetAction, field: string): FieldError[] {
  const errors: FieldError[] = path ? [] : [required(`${field}.path`)]
  errors.push(...validatePort(port, `${field}.port`))
  if (scheme !== 'HTTP' && scheme !== 'HTTPS')
    errors.push(notSupported(`${field}.scheme`, scheme, ['HTTP', 'HTTPS']))
  for (const { name } of httpHeaders ?? [])
    errors.push(...invalidEach(`${field}.httpHeaders`, name, isHTTPHeaderName(name)))
  return errors
}

type Handler = LifecycleHandler & Pick<Probe, 'grpc'>

/** Exactly one of the actions, each in its own words. */
function validateHandler(handler: Handler, gracePeriod: number | undefined, field: string): FieldError[] {
  const errors: FieldError[] = []
  let count = 0
  const one = (name: keyof Handler, check: () => FieldError[]): void => {
    if (!handler[name]) return
    if (count++) {
      count = 1
      errors.push(forbidden(`${field}.${name}`, 'may not specify more than 1 handler type'))
    } else errors.push(...check())
  }
  one('exec', () => (handler.exec!.command?.length ? [] : [required(`${field}.exec.command`)]))
  one('httpGet', () => validateHttpGet(handler.httpGet!, `${field}.httpGet`))
  one('tcpSocket', () => validatePort(handler.tcpSocket!.port, `${field}.tcpSocket.port`))
  one('grpc', () => validatePort(handler.grpc!.port, `${field}.grpc.port`))
  one('sleep', () => {
    const { seconds } = handler.sleep!
    return gracePeriod !== undefined && (seconds < 0 || seconds > gracePeriod)
      ? [
          invalid(
            `${field}.sleep`,
            seconds,
            `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`,
          ),
        ]
      : []
  })
  if (!count) errors.push(required(field, 'must specify a handler type'))
  return errors
}

const counts = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const

function validateProbe(
  probe: Probe | undefined,
  gracePeriod: number | undefined,
  field: string,
): FieldError[] {
  if (!probe) return []
  const errors = validateHandler(probe, gracePeriod, field)
  for (const name of counts) errors.push(...validateNonnegative(probe[name], `${field}.${name}`))
  const grace = probe.terminationGracePeriodSeconds
  if (grace !== undefined && grace <= 0)
    errors.push(invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'))
  return errors
}

function validateRestartingProbe(
  probe: Probe | undefined,
  gracePeriod: number | undefined,
  field: string,
): FieldError[] {
  const errors = validateProbe(probe, gracePeriod, field)
  if (probe && probe.successThreshold !== 1)
    errors.push(invalid(`${field}.successThreshold`, probe.successThreshold, 'must be 1'))
  return errors
}

/** The three probes of a container. */
export function validateProbes(
  container: Container,
  gracePeriod: number | undefined,
  field: string,
): FieldError[] {
  const { readinessProbe: ready } = container
  const errors = [
    ...validateRestartingProbe(container.livenessProbe, gracePeriod, `${field}.livenessProbe`),
    ...validateProbe(ready, gracePeriod, `${field}.readinessProbe`),
  ]
  if (ready?.terminationGracePeriodSeconds !== undefined)
    errors.push(
      invalid(
        `${field}.readinessProbe.terminationGracePeriodSeconds`,
        ready.terminationGracePeriodSeconds,
        'must not be set for readinessProbes',
      ),
    )
  return [...errors, ...validateRestartingProbe(container.startupProbe, gracePeriod, `${field}.startupProbe`)]
}

const realtime = [
  ...Array.from({ length: 16 }, (_, i) => `SIGRTMIN${i ? `+${i}` : ''}`),
  ...Array.from({ length: 15 }, (_, i) => `SIGRTMAX${i ? `-${i}` : ''}`),
]
/** sets.List sorts by bytes. */
const linuxSignals = [
  ...'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ'
    .split(' ')
    .map(name => `SIG${name}`),
  ...realtime,
].sort()

export function validateLifecycle(
  lifecycle: Lifecycle,
  gracePeriod: number | undefined,
  field: string,
  os: PodSpec['os'],
): FieldError[] {
  const errors: FieldError[] = []
  if (lifecycle.postStart)
    errors.push(...validateHandler(lifecycle.postStart, gracePeriod, `${field}.postStart`))
  if (lifecycle.preStop) errors.push(...validateHandler(lifecycle.preStop, gracePeriod, `${field}.preStop`))
  const { stopSignal } = lifecycle
  if (stopSignal === undefined) return errors
  const at = `${field}.stopSignal`
  if (!os) errors.push(forbidden(at, 'may not be set for containers with empty `spec.os.name`'))
  else {
    const supported =
      os.name === 'windows' ? ['SIGKILL', 'SIGTERM'] : os.name === 'linux' ? linuxSignals : undefined
    if (supported && !supported.includes(stopSignal)) errors.push(notSupported(at, stopSignal, supported))
  }
  return errors
}
