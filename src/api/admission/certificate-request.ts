// A CertificateSigningRequest says who asks: pkg/registry/certificates/certificates/strategy.go, PrepareForCreate. Nobody
// becomes the administrator by one: plugin/pkg/admission/certificates/subjectrestriction.
import { decodeBase64 } from '../../engine/bytes.ts'
import { readRequest } from '../../engine/certificates/x509.ts'
import { type AdmissionOf, refuse } from './admission.ts'

const clientSigner = 'kubernetes.io/kube-apiserver-client'
const masters = 'system:masters'

export const certificateRequest: AdmissionOf<'certificatesigningrequests.certificates.k8s.io'> = {
  name: 'CertificateRequest',
  resources: ['certificatesigningrequests.certificates.k8s.io'],
  admit(review) {
    const { call, operation, object, old } = review
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
    const asked =
      spec.signerName === clientSigner ? readRequest(decodeBase64(String(spec.request)) ?? '') : undefined
    if (asked?.subject.some(([kind, value]) => kind === 'O' && value === masters))
      throw refuse(review, `use of ${clientSigner} signer with ${masters} group is not allowed`)
  },
}
