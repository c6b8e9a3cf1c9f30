import { createPrivateKey, createVerify, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeKey, sign, verify } from '../../../engine/certificates/rsa.ts'
import { Random } from '../../../engine/random.ts'
import { runScript } from '../../run-script.ts'

const run = (script: string) => {
  const { stdout, stderr } = runScript(script)
  return stdout + stderr
}

test('a self-signed certificate as for a TLS secret is one that other programs read', () => {
  const out = runScript(
    'openssl req -x509 -nodes -days 365 -newkey rsa:1024 -keyout tls.key -out tls.crt -subj "/CN=web.example.com/O=Example" -addext "subjectAltName=DNS:web.example.com,IP:10.0.0.1" 2>/dev/null; cat tls.crt tls.key',
  ).stdout
  const certificate = new X509Certificate(out)
  expect(certificate.subject).toBe('CN=web.example.com\nO=Example')
  expect(certificate.subjectAltName).toBe('DNS:web.example.com, IP Address:10.0.0.1')
  expect(certificate.ca).toBe(true)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.checkPrivateKey(createPrivateKey(out.slice(out.indexOf('-----BEGIN PRIVATE'))))).toBe(
    true,
  )
  expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBe(365 * 86_400_000)
})

test('signatures are those of PKCS #1', () => {
  const key = makeKey(1024, new Random(7))
  const message = new TextEncoder().encode('hello')
  const signature = sign(message, key)
  expect(verify(message, signature, key)).toBe(true)
  expect(verify(new TextEncoder().encode('hallo'), signature, key)).toBe(false)
  const pem = runScript('openssl genrsa 1024').stdout
  expect(createPrivateKey(pem).asymmetricKeyDetails?.modulusLength).toBe(1024)
  expect(createVerify('sha256')).toBeDefined()
})

test('an authority of one’s own: request, signature, verification, and what a certificate says', () => {
  const out = run(`
openssl genrsa -out ca.key 1024
openssl req -x509 -new -key ca.key -subj "/CN=my-ca" -days 10 -out ca.crt
openssl req -newkey rsa:1024 -nodes -keyout dev.key -subj "/CN=jane/O=dev" -out dev.csr
openssl req -in dev.csr -noout -subject
printf 'subjectAltName=DNS:jane\\nextendedKeyUsage=clientAuth' > ext
openssl x509 -req -in dev.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 5 -extfile ext -out dev.crt
openssl verify -CAfile ca.crt dev.crt
openssl verify dev.crt
openssl x509 -in dev.crt -noout -subject -issuer -dates
openssl x509 -in dev.crt -noout -ext subjectAltName
openssl x509 -in dev.crt -noout -text | grep -A1 Usage
openssl x509 -in dev.crt -noout -checkend 864000`)
  expect(out).toContain('subject=CN = jane, O = dev\n')
  expect(out).toContain('Certificate request self-signature ok')
  expect(out).toContain('dev.crt: OK')
  expect(out).toContain('error 20 at 0 depth lookup: unable to get local issuer certificate')
  expect(out).toMatch(/issuer=CN = my-ca\nnotBefore=Nov 23 .* 2026 GMT\nnotAfter=Nov 28 .* 2026 GMT\n/)
  expect(out).toContain('DNS:jane')
  expect(out).toContain('TLS Web Client Authentication')
  expect(out).toContain('Certificate will expire')
})

test('what it cannot do it says', () => {
  expect(run('openssl frobnicate')).toContain("Invalid command 'frobnicate'")
  expect(run('openssl genpkey -algorithm ED25519')).toContain('RSA keys only')
  expect(run('openssl x509 -in nosuch -noout')).toContain('Can\'t open "nosuch" for reading')
  expect(run('openssl rand -hex 4')).toMatch(/^[0-9a-f]{8}\n$/)
  expect(run('printf abc | openssl base64')).toBe('YWJj\n')
})
