// Clients that say who they are by a certificate: one that the cluster's signer made for their own key.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import forge from 'node-forge'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyPair } from '../../scripts/cluster/certificate.ts'
import { authorityKeyFile } from '../../src/api/authority.ts'
import type { AnyObject } from '../../src/kinds/object.ts'
import { program, whyMissing } from './real-kubectl.ts'
import { type Served, serveCluster } from './served.ts'

const requests = '/apis/certificates.k8s.io/v1/certificatesigningrequests'
const pods = '/api/v1/namespaces/default/pods'
let served: Served
let admin: string
let ca: string

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: { readonly 'certificate-authority-data': string } }[]
  readonly users: readonly { readonly user: { readonly token: string } }[]
}

beforeAll(async () => {
  served = await serveCluster(undefined, { passes: false })
  const { clusters, users } = served.kubeconfig as Kubeconfig
  admin = users[0]!.user.token
  ca = Buffer.from(clusters[0]!.cluster['certificate-authority-data'], 'base64').toString()
})
afterAll(() => served.close())

interface Identity {
  readonly key?: string
  readonly cert?: string
  readonly token?: string
}

/** One request on a connection of its own. */
function ask(
  path: string,
  { key, cert, token }: Identity,
  method = 'GET',
  body?: object,
): Promise<AnyObject> {
  return new Promise((done, fail) => {
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    }
    const options = { method, headers, ca, agent: false, ...(key && { key }), ...(cert && { cert }) }
    const sent = httpsRequest(`${served.url}${path}`, options, response => {
      let text = ''
      response.on('data', data => {
        text += data
      })
      response.on('end', () => done(JSON.parse(text)))
    })
    sent.on('error', fail)
    sent.end(body && JSON.stringify(body))
  })
}

/** A key of one's own, and a request for a certificate for it; PEM. */
function keyAndRequest(name: string, groups: readonly string[]) {
  const pair = keyPair()
  const csr = forge.pki.createCertificationRequest()
  csr.publicKey = pair.publicKey
  csr.setSubject([
    ...groups.map(value => ({ name: 'organizationName', value })),
    { name: 'commonName', value: name },
  ])
  csr.sign(pair.privateKey, forge.md.sha256.create())
  return {
    pair,
    key: forge.pki.privateKeyToPem(pair.privateKey),
    csr: forge.pki.certificationRequestToPem(csr),
  }
}

/** By a CertificateSigningRequest that the administrator approves. */
async function issued(name: string, groups: readonly string[] = [], seconds = 86_400) {
  const { key, csr } = keyAndRequest(name, groups)
  const metadata = { name }
  const spec = {
    request: Buffer.from(csr).toString('base64'),
    signerName: 'kubernetes.io/kube-apiserver-client',
    usages: ['client auth'],
    expirationSeconds: seconds,
  }
  const token = { token: admin }
  const made = await ask(requests, token, 'POST', { metadata, spec })
  const conditions = [{ type: 'Approved', status: 'True', reason: 'Test', message: '' }]
  await ask(`${requests}/${name}/approval`, token, 'PUT', { ...made, status: { conditions } })
  served.cluster.engine.advance(2000)
  const { status } = await ask(`${requests}/${name}`, token)
  return { key, cert: Buffer.from(status.certificate, 'base64').toString() }
}

/** As anybody signs who has a key: by an authority with the name of the cluster's. */
function forged(name: string, authority: forge.pki.rsa.PrivateKey): Identity {
  const { pair, key } = keyAndRequest(name, [])
  const made = forge.pki.createCertificate()
  made.publicKey = pair.publicKey
  made.serialNumber = '01'
  made.validity.notBefore = new Date(served.cluster.engine.now - 1000)
  made.validity.notAfter = new Date(served.cluster.engine.now + 1e9)
  made.setSubject([
    { name: 'organizationName', value: 'system:masters' },
    { name: 'commonName', value: name },
  ])
  made.setIssuer([{ name: 'commonName', value: 'kubernetes' }])
  made.sign(authority, forge.md.sha256.create())
  return { key, cert: forge.pki.certificateToPem(made) }
}

test('a certificate’s common name is the user, its organizations are the groups, and RBAC follows', async () => {
  const jane = await issued('jane', ['dev', 'qa'])
  expect(await ask(pods, jane)).toMatchObject({
    code: 403,
    message: expect.stringContaining('User "jane" cannot list resource "pods"'),
  })
  const review = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
  expect((await ask(review, jane, 'POST', {})).status.userInfo).toMatchObject({
    username: 'jane',
    groups: ['dev', 'qa', 'system:authenticated'],
  })
  // Who shows both is known by the certificate.
  expect(await ask(pods, { ...jane, token: admin })).toMatchObject({ code: 403 })
  // It is good for as long as it says, also when the request for it is gone.
  await ask(`${requests}/jane`, { token: admin }, 'DELETE')
  served.cluster.engine.advance(1000)
  expect(await ask(pods, jane)).toMatchObject({ code: 403 })
})

test('one that is too old, of another authority, or not of this cluster’s signer is nobody’s', async () => {
  const bob = await issued('bob', [], 600)
  expect(await ask(pods, bob)).toMatchObject({ code: 403 })
  served.cluster.engine.advance(601_000)
  expect(await ask(pods, bob)).toMatchObject({ code: 401, reason: 'Unauthorized' })
  const foreign = forged('eve', keyPair().privateKey)
  expect(await ask(pods, foreign)).toMatchObject({ code: 401 })
  // The key that all other worlds have counts for nothing here.
  const known = forged('mallory', forge.pki.privateKeyFromPem(authorityKeyFile({ secrets: undefined })))
  expect(await ask(pods, known)).toMatchObject({ code: 401 })
  expect(await ask(pods, { ...known, token: admin })).toMatchObject({ kind: 'PodList' })
  expect(await ask(pods, {})).toMatchObject({ code: 401 })
})

test('kubectl says who asks by client-certificate-data', async context => {
  context.skip(!!whyMissing(), whyMissing())
  const folder = mkdtempSync(join(tmpdir(), 'client-certificates-'))
  try {
    const kubectl = async ({ key, cert }: Identity, ...args: string[]) => {
      const data = (text = '') => Buffer.from(text).toString('base64')
      const user = { 'client-certificate-data': data(cert), 'client-key-data': data(key) }
      const { users, ...rest } = served.kubeconfig as { users: { name: string }[] }
      const config = { ...rest, users: [{ name: users[0]!.name, user }] }
      writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(config))
      return await new Promise<string>(done => {
        const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: join(folder, 'kubeconfig') }
        execFile(program, args, { env }, (_, stdout, stderr) => done(stdout + stderr))
      })
    }
    const ann = await issued('ann', ['dev'])
    expect(await kubectl(ann, 'auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}')).toBe('ann')
    expect(await kubectl(ann, 'get', 'pods')).toContain('User "ann" cannot list resource "pods"')
    const eve = forged('eve', keyPair().privateKey)
    expect(await kubectl(eve, 'get', 'pods')).toContain('You must be logged in to the server')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
