import { expect, it } from 'vitest'
import { createCluster } from '../cluster/cluster.ts'

it('fills a token secret of an account, and deletes it with the account', () => {
  const { client, engine } = createCluster()
  const learner = client('learner')
  const secrets = learner.resource('secrets')
  const metadata = { name: 'robot', namespace: 'default' }
  const account = learner
    .resource('serviceaccounts')
    .create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata })
  const annotations = { 'kubernetes.io/service-account.name': 'robot' }
  const type = 'kubernetes.io/service-account-token'
  secrets.create({
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: { ...metadata, name: 'token', annotations },
  })
  engine.advance(2000)

  const { data, metadata: filled } = secrets.get('default', 'token')
  expect(Object.keys(data ?? {}).sort()).toEqual(['ca.crt', 'namespace', 'token'])
  expect(filled.annotations?.['kubernetes.io/service-account.uid']).toBe(account.metadata.uid)

  learner.resource('serviceaccounts').delete('default', 'robot')
  engine.advance(2000)
  expect(secrets.find('default', 'token')).toBeUndefined()
})

it('deletes a token secret of an account that is not there', () => {
  const { client, engine } = createCluster()
  const secrets = client('learner').resource('secrets')
  const annotations = { 'kubernetes.io/service-account.name': 'nobody' }
  const metadata = { name: 'token', namespace: 'default', annotations }
  secrets.create({ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token', metadata })
  engine.advance(2000)
  expect(secrets.find('default', 'token')).toBeUndefined()
})
