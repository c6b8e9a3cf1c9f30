// A client's certificate says who asks: from a key of one's own to a user that RBAC knows.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

const bits = 1024
const csr = (name: string, more = '') => `
cat > ${name}-csr.yaml <<EOF
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: ${name}}
spec:
  request: $(cat ${name}.csr | base64 | tr -d '\\n')
  signerName: kubernetes.io/kube-apiserver-client
  ${more || 'usages: [client auth]'}
EOF
kubectl apply -f ${name}-csr.yaml
`
const key = (name: string, subject = `/CN=${name}/O=dev/O=qa`) =>
  `openssl genrsa -out ${name}.key ${bits} 2>/dev/null; openssl req -new -key ${name}.key -out ${name}.csr -subj "${subject}"`
const signed = (name: string) =>
  `kubectl get csr ${name} -o jsonpath='{.status.certificate}' | base64 -d > ${name}.crt`
const user = (name: string, embedded = false) => `
kubectl config set-credentials ${name} --client-key=${name}.key --client-certificate=${name}.crt${embedded ? ' --embed-certs=true' : ''}
kubectl config set-context ${name} --cluster=kubernetes --user=${name}`

function play() {
  const world = new World({ seed: 1 })
  const run = (script: string) => {
    const { stdout, stderr } = world.run(script, { limitMs: 60_000 })
    return stdout + stderr
  }
  return { world, run }
}

test.each([false, true])(
  'a user made by a CSR may nothing until a role is bound (embedded: %s)',
  embedded => {
    const { run } = play()
    run(key('jane'))
    expect(run(csr('jane'))).toContain('certificatesigningrequest.certificates.k8s.io/jane created')
    expect(run('sleep 1; kubectl get csr jane')).toMatch(/ Pending\n$/)
    expect(run('kubectl certificate approve jane')).toContain('jane approved')
    expect(run('sleep 1; kubectl get csr jane')).toMatch(/ Approved,Issued\n$/)
    run(signed('jane'))
    run(user('jane', embedded))
    const forbidden =
      'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"\n'
    expect(run('kubectl --context=jane get pods')).toBe(forbidden)
    run('kubectl create role reader --verb=get,list --resource=pods')
    run('kubectl create rolebinding jane --role=reader --user=jane')
    expect(run('kubectl --context=jane get pods')).toContain('No resources found in default namespace.')
    expect(run('kubectl --context=jane get pods -A')).toContain('User "jane" cannot list resource "pods"')
    expect(run('kubectl --context=jane auth whoami -o jsonpath={.status.userInfo.groups}')).toBe(
      '["dev","qa","system:authenticated"]',
    )
    run('kubectl delete rolebinding jane; kubectl create rolebinding dev --role=reader --group=dev')
    expect(run('kubectl --context=jane get pods')).toContain('No resources found')
    expect(run('kubectl --context=jane get pods --as=bob')).toContain(
      'User "jane" cannot impersonate resource "users"',
    )
  },
)

test('the certificate is one that openssl trusts by the authority of every namespace, for as long as was asked for', () => {
  const { run } = play()
  run(key('jane'))
  run(csr('jane', 'usages: [client auth, digital signature]\n  expirationSeconds: 86400'))
  run(`kubectl certificate approve jane; sleep 1; ${signed('jane')}`)
  run("kubectl get cm kube-root-ca.crt -o jsonpath='{.data.ca\\.crt}' > ca.crt")
  expect(run('openssl verify -CAfile ca.crt jane.crt')).toBe('jane.crt: OK\n')
  expect(run('cmp ca.crt ~/.kube/ca.crt && openssl verify -CAfile ca.crt ~/.kube/admin.crt')).toContain('OK')
  const text = run('openssl x509 -in jane.crt -noout -text')
  expect(text).toContain('Issuer: CN = kubernetes\n')
  expect(text).toMatch(/Subject: CN = jane, O = dev, O = qa\n/)
  expect(text).toContain('TLS Web Client Authentication')
  const [, from = '', to = ''] = /Not Before: (.*) GMT\n *Not After : (.*) GMT/.exec(text)!
  expect(Date.parse(`${to} Z`) - Date.parse(`${from} Z`)).toBe(86_400_000)
})

test('who has a certificate of another authority, or an old one, is nobody', () => {
  const { world, run } = play()
  run(key('eve', '/CN=kubernetes-admin/O=system:masters'))
  run('openssl req -x509 -new -key eve.key -subj "/CN=kubernetes" -out own.crt')
  run('openssl x509 -req -in eve.csr -CA own.crt -CAkey eve.key -out eve.crt')
  run(user('eve'))
  const loggedOut = 'error: You must be logged in to the server (Unauthorized)\n'
  expect(run('kubectl --context=eve get pods')).toBe(loggedOut)
  run(key('jane'))
  run(csr('jane', 'usages: [client auth]\n  expirationSeconds: 600'))
  run(`kubectl certificate approve jane; sleep 1; ${signed('jane')}`)
  run(user('jane'))
  expect(run('kubectl --context=jane get pods')).toContain('User "jane" cannot list')
  world.advance(601_000)
  expect(run('kubectl --context=jane get pods')).toBe(loggedOut)
})

test('the signer signs what was approved and is right, and nothing else', () => {
  const { run } = play()
  run(key('jane'))
  run(csr('jane', 'usages: [client auth, server auth]'))
  run('kubectl certificate approve jane; sleep 1')
  expect(run('kubectl get csr jane')).toMatch(/ Approved,Failed\n$/)
  expect(run("kubectl get csr jane -o jsonpath='{.status.conditions[1].message}'")).toBe(
    'invalid usage for client certificate: server auth',
  )
  run(key('root', '/CN=root/O=system:masters'))
  expect(run(csr('root'))).toContain(
    'use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
  )
  run(key('bob'))
  run(csr('bob'))
  run('kubectl certificate deny bob; sleep 1')
  expect(run('kubectl get csr bob')).toMatch(/ Denied\n$/)
})

test('certificates that are not there, or do not belong together, end in the words of a real kubectl', () => {
  const { run } = play()
  run(`${key('jane')}; ${key('bob')}`)
  run('openssl req -x509 -key jane.key -subj /CN=jane -out jane.crt')
  const set = (args: string) =>
    run(
      `kubectl config set-credentials u ${args}; kubectl config set-context u --cluster=kubernetes --user=u`,
    )
  set('--client-certificate=jane.crt')
  expect(run('kubectl --context=u get pods')).toBe(
    'error: client-key-data or client-key must be specified for u to use the clientCert authentication method.\n',
  )
  set('--client-certificate=none.crt --client-key=none.key')
  expect(run('kubectl --context=u get pods')).toMatch(
    /^Error in configuration: \n\* unable to read client-cert \S*none.crt for u due to open \S*none.crt: no such file or directory\n\* unable to read client-key /,
  )
  set('--client-certificate=jane.crt --client-key=bob.key')
  expect(run('kubectl --context=u get pods')).toMatch(
    /Unable to connect to the server: tls: private key does not match public key\n$/,
  )
  set('--client-certificate=jane.crt --client-key=bob.key --embed-certs')
  expect(run('kubectl --context=u get pods')).toBe('error: tls: private key does not match public key\n')
})

test('the administrator’s files tell who the administrator is', () => {
  const { run } = play()
  expect(run('openssl x509 -in ~/.kube/admin.crt -noout -subject')).toBe(
    'subject=O = system:masters, CN = kubernetes-admin\n',
  )
  expect(
    run('kubectl config view --raw --flatten > all.conf; kubectl --kubeconfig all.conf auth whoami'),
  ).toMatch(/Username +kubernetes-admin/)
  expect(run('kubectl --kubeconfig all.conf get nodes')).toContain('k8s-master')
  expect(run('ls -l ~/.kube')).toMatch(/-rw------- .* admin.key\n/)
})

test('on the control plane the authority’s own key signs a user, without any request', () => {
  const { run } = play()
  const script = [
    'cd /tmp',
    key('jane'),
    'openssl x509 -req -in jane.csr -CA /etc/kubernetes/pki/ca.crt -CAkey /etc/kubernetes/pki/ca.key -CAcreateserial -out jane.crt',
    user('jane'),
    'kubectl --context=jane get pods',
    'kubectl get nodes',
  ].join('\n')
  const out = run(`ssh k8s-master <<'EOF'\n${script}\nEOF`)
  expect(out).toContain('User "jane" cannot list resource "pods"')
  expect(out).toContain('k8s-master   Ready')
})

test('the kubeconfig of the control plane serves on another machine, and can be written', () => {
  const world = new World({ seed: 1 })
  world.run('ssh k8s-master cat /etc/kubernetes/admin.conf > ~/.kube/config')
  expect(world.run('kubectl config view').stdout).toContain('client-certificate-data: DATA+OMITTED')
  expect(world.run('kubectl get nodes').stdout).toContain('k8s-master')
  expect(world.run('kubectl auth whoami').stdout).toContain('kubernetes-admin')
  world.run(
    "ssh k8s-master 'KUBECONFIG=/etc/kubernetes/admin.conf kubectl config set-context --current --namespace=dev'",
  )
  expect(world.run('ssh k8s-master grep namespace /etc/kubernetes/admin.conf').stdout).toContain('dev')
})
