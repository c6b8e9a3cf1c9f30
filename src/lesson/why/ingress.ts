// S8: an Ingress without an address, or one that answers 404 or 503.
import type { Ingress, IngressBackend, IngressClass, Pod, Service } from '../../kinds/schema/types.ts'
import type { Trace } from '../../network/trace.ts'
import { describe, getRow, inNamespace } from './facts.ts'
import { normal } from './normal.ts'
import { isReadyPod, portsOf, selectedBy } from './services.ts'
import { type Found, objectOf, type Symptom, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

const isDefault = 'ingressclass.kubernetes.io/is-default-class'

const classNameOf = ({ spec, metadata }: Ingress): string | undefined =>
  spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class']

interface Backend {
  readonly service: string
  readonly port: number | string | undefined
  readonly path: string
}

/** Every backend of an Ingress, with where it stands. */
function backendsOf({ spec }: Ingress): Backend[] {
  const of = (backend: IngressBackend | undefined, path: string): Backend[] =>
    backend?.service
      ? [
          {
            service: backend.service.name,
            port: backend.service.port?.number ?? backend.service.port?.name,
            path: `${path}.service`,
          },
        ]
      : []
  const rules = spec.rules ?? []
  return [
    ...of(spec.defaultBackend, 'spec.defaultBackend'),
    ...rules.flatMap((rule, r) =>
      (rule.http?.paths ?? []).flatMap((each, p) =>
        of(each.backend, `spec.rules[${r}].http.paths[${p}].backend`),
      ),
    ),
  ]
}

const serviceOf = (ingress: Ingress, { service }: Backend, view: View): Service | undefined =>
  view.find('services', ingress.metadata.namespace, service)

export const ingressSymptom = symptomOf('Ingress', {
  name: 'ingress',
  several: true,
  has: ({ metadata }) => !metadata.deletionTimestamp,
  questions: [
    {
      number: 58,
      ask(ingress, view): Found | undefined {
        const wanted = classNameOf(ingress)
        const all = view.list('ingressclasses')
        const shown = 'kubectl get ingressclass'
        if (wanted === undefined) {
          if (all.some(({ metadata }) => metadata.annotations?.[isDefault] === 'true')) return undefined
          return { text: '58b', shown, field: { object: ingress, path: 'spec' } }
        }
        const own = all.find(({ metadata }) => metadata.name === wanted)
        if (own) return withoutController(own, view)
        const classes = all.map(({ metadata }) => metadata.name)
        const [only] = classes
        const patch = JSON.stringify({ spec: { ingressClassName: only } })
        return {
          values: { class: wanted, classes: classes.length ? classes : { text: 'none' } },
          shown,
          ...(classes.length === 1 && {
            cure: `kubectl patch ingress ${ingress.metadata.name}${inNamespace(ingress.metadata.namespace)} -p '${patch}'`,
          }),
          field: { object: ingress, path: 'spec.ingressClassName' },
        }
      },
    },
    {
      number: 60,
      ask: (ingress, view) =>
        backendsOf(ingress)
          .filter(each => !serviceOf(ingress, each, view))
          .map(({ service: svc, path }): Found => {
            const ns = ingress.metadata.namespace ?? ''
            return {
              values: { svc, ns },
              shown: `kubectl get services${inNamespace(ns)}`,
              field: { object: ingress, path: `${path}.name` },
              missing: `service/${svc}`,
            }
          }),
    },
    {
      number: 61,
      ask: (ingress, view) =>
        backendsOf(ingress).flatMap((each): Found[] => {
          const service = serviceOf(ingress, each, view)
          if (!service || each.port === undefined) return []
          if (portsOf(service).some(({ port, name }) => port === each.port || name === each.port)) return []
          return [
            {
              values: {
                port: each.port,
                svc: service.metadata.name,
                ports: portsOf(service).map(({ port }) => String(port)),
              },
              shown: getRow(service),
              about: [service],
              field: { object: ingress, path: `${each.path}.port` },
            },
          ]
        }),
    },
    {
      number: 62,
      ask: (ingress, view) =>
        backendsOf(ingress).flatMap((each): Found[] => {
          const service = serviceOf(ingress, each, view)
          if (!service?.spec.selector || selectedBy(service, view).some(isReadyPod)) return []
          return [
            {
              values: { svc: service.metadata.name },
              shown: describe(ingress),
              about: [service],
              next: objectOf(service),
            },
          ]
        }),
    },
  ],
})

/** Of controllers only this one is known by its pods: of others one cannot say that they do not run. */
const known = 'k8s.io/ingress-nginx'

function withoutController({ metadata, spec }: IngressClass, view: View): Found | undefined {
  const pods = view.list('pods').filter(isRouter)
  if (spec.controller !== known || pods.some(each => isReadyPod(each) || normal(each, view))) return undefined
  return {
    text: '58c',
    values: { class: metadata.name },
    shown: 'kubectl get pods -A',
    about: pods,
    next: objectOf(pods[0]),
  }
}

/** A pod that answers for Ingresses. */
const isRouter = ({ spec }: Pod): boolean => spec.containers.some(each => /ingress/.test(each.image ?? ''))

// ---- a request that a controller of an Ingress answered

const pathOf = ({ path }: Trace): string => path.replace(/\?.*/, '')

interface Rule {
  readonly ingress: Ingress
  readonly host: string
  readonly path: string
}

const rulesOf = (view: View): Rule[] =>
  view.list('ingresses').flatMap(ingress =>
    (ingress.spec.rules ?? []).flatMap(rule =>
      (rule.http?.paths ?? []).map(each => ({
        ingress,
        host: rule.host ?? '',
        path: each.path ?? '/',
      })),
    ),
  )

const hostFits = (rule: string, host: string): boolean =>
  rule === '' ||
  rule === host ||
  (rule.startsWith('*.') && host.endsWith(rule.slice(1)) && !host.slice(0, -rule.length + 1).includes('.'))

const pathFits = (rule: string, path: string): boolean =>
  path === rule || path.startsWith(rule.endsWith('/') ? rule : `${rule}/`)

/** Whether the same controller has lately answered for hosts that Ingresses name. */
const servesOthers = ({ address }: Trace, view: View): boolean =>
  view.lately.some(
    each =>
      each.address === address &&
      typeof each.outcome === 'number' &&
      each.outcome < 400 &&
      rulesOf(view).some(rule => hostFits(rule.host, each.host ?? '')),
  )

/** Whether the pod that served it answers for Ingresses. */
function isController({ hops }: Trace, view: View): boolean {
  const server = hops.at(-1)
  if (server?.type !== 'server') return false
  const [namespace = '', name = ''] = server.name.split('/')
  const pod = view.find('pods', namespace, name)
  return pod !== undefined && isRouter(pod)
}

export const routedSymptom: Symptom<Trace> = {
  name: 'routed',
  has: (trace, view) => (trace.outcome === 404 || trace.outcome === 503) && isController(trace, view),
  questions: [
    {
      number: 59,
      ask(trace, view): Found | undefined {
        if (trace.outcome !== 404) return undefined
        const host = trace.host?.replace(/:\d+$/, '') ?? ''
        const rules = rulesOf(view)
        if (rules.some(each => hostFits(each.host, host) && pathFits(each.path, pathOf(trace))))
          return undefined
        const near = rules.find(each => hostFits(each.host, host)) ?? rules[0]
        const values = { host, path: pathOf(trace) }
        if (!near) return { text: '59b', values, shown: 'kubectl get ingress -A' }
        return {
          values: { ...values, rule: `${near.host}${near.path}` },
          shown: describe(near.ingress),
          about: [near.ingress],
          // A host that nobody promised, at a controller that serves those that were.
          quiet: !hostFits(near.host, host) && servesOthers(trace, view),
        }
      },
    },
  ],
  leads(trace, view) {
    const host = trace.host?.replace(/:\d+$/, '') ?? ''
    const rule = rulesOf(view).find(each => hostFits(each.host, host) && pathFits(each.path, pathOf(trace)))
    return objectOf(rule?.ingress)
  },
}
