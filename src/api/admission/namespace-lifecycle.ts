// NamespaceLifecycle: nothing new in a namespace that is missing or ending; the system's namespaces stay.
// k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go.
import { forbidden, notFound } from '../errors.ts'
import { type Admission, refuse } from './admission.ts'

const immortal = ['default', 'kube-system', 'kube-public']

export const namespaceLifecycle: Admission = {
  name: 'NamespaceLifecycle',
  admit(review) {
    const { call, operation, object } = review
    const { namespace } = object.metadata
    if (operation !== 'CREATE' || !namespace || !call.resource.namespaced) return
    const found = call.server.lookup('namespaces', undefined, namespace)
    if (!found) throw notFound({ group: '', plural: 'namespaces' }, namespace)
    if (found.status?.phase !== 'Terminating') return
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`
    const error = refuse(review, why) as ReturnType<typeof forbidden>
    error.status.details!.causes = [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ]
    throw error
  },
  validate({ call, operation, object }) {
    if (
      operation === 'DELETE' &&
      call.resource.table === 'namespaces' &&
      immortal.includes(object.metadata.name)
    )
      throw forbidden(call.resource, object.metadata.name, 'this namespace may not be deleted')
  },
}
