// A CertificateSigningRequest says who asks: pkg/registry/certificates/certificates/strategy.go, PrepareForCreate.
import type { Admission } from './admission.ts'

export const certificateRequest: Admission = {
  name: 'CertificateRequest',
  resources: ['certificatesigningrequests.certificates.k8s.io'],
  admit({ call, operation, object, old }) {
    if (operation === 'DELETE') return
    const { spec } = object
    if (operation === 'UPDATE') {
      if (old && !spec.username) Object.assign(spec, { username: old.spec.username, groups: old.spec.groups })
      return
    }
    spec.username = call.user.name
    spec.groups = [...call.user.groups]
    delete spec.uid
    delete spec.extra
  },
}
