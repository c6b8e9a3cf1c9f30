import { expect, test } from 'vitest'
import { families, findFamily, isKnownHost } from './index.ts'
import { describeTags, findTag } from './tags.ts'

const nginx = { tags: '1.7-1.13 1.14.2 1.28.0 1.29.3 latest stable=1.28' }

test('a rule of lines knows their tags, with the version that the program shows', () => {
  const version = (tag: string) => findTag(nginx, tag)?.version
  expect(version('1.14.2')).toBe('1.14.2')
  expect(version('1.14')).toBe('1.14.2')
  expect(version('1')).toBe('1.29.3')
  expect(version('latest')).toBe('1.29.3')
  expect(version('stable')).toBe('1.28.0')
  expect(version('1.9.7')).toBe('1.9.7')
  for (const tag of ['1.91', '1.14.3', '1.30', '2', '1.14.2.1.1', 'lates', 'v1.14'])
    expect(version(tag), tag).toBeUndefined()
})

test('variants stand alone or behind a version, and only those of official images', () => {
  expect(findTag(nginx, '1.14.2-alpine')).toEqual({ version: '1.14.2', variant: 'alpine' })
  expect(findTag(nginx, 'alpine3.18')).toEqual({ version: '1.29.3', variant: 'alpine3.18' })
  expect(findTag(nginx, 'stable-bookworm-slim')?.variant).toBe('bookworm-slim')
  expect(findTag(nginx, '1.14-windows')).toBeUndefined()
  expect(findTag({ ...nginx, plain: true }, '1.14-alpine')).toBeUndefined()
  expect(findTag({ tags: '20.04 22.04 latest=22.04' }, '20.04')?.version).toBe('20.04')
  expect(findTag({ tags: 'v1-v6' }, 'v4')?.version).toBe('4')
  expect(findTag({ tags: 'v1-v6' }, '4')).toBeUndefined()
})

test('a rule is told to people as ranges', () => {
  expect(describeTags({ tags: '1.7-1.13 1.14.2 1.16.1 3.0-3.2 latest', plain: true })).toBe(
    'latest, 1.7 – 1.16, 3.0 – 3.2',
  )
})

test('every family has tags, and no name stands in two families', () => {
  const seen = new Set<string>()
  for (const family of families()) {
    expect(
      findTag(family, 'latest') ?? findTag(family, family.tags.split(/[ =-]/)[0]!),
      family.names,
    ).toBeDefined()
    for (const name of family.names.split(' ')) {
      expect(seen.has(name), name).toBe(false)
      seen.add(name)
    }
  }
})

test('names of public manifests', () => {
  const known = (reference: string) => {
    const [, name = '', tag = 'latest'] = /^(.*?)(?::([\w.-]+))?$/.exec(reference)!
    const family = findFamily(
      /^[^/]*\.[^/]*\//.test(name) ? name : `docker.io/${name.includes('/') ? '' : 'library/'}${name}`,
    )
    return family && findTag(family, tag) !== undefined
  }
  const list =
    'nginx:1.14.2 nginx:1.7.9 nginx:1.25-alpine busybox:1.28 redis:5.0.4 redis:6.2-alpine mysql:5.7 mysql:8.0 postgres:13-alpine mongo:4.4 alpine:3.19 debian:bookworm-slim ubuntu:22.04 python:3.9-slim node:18-alpine perl:5.34.0 httpd:2.4-alpine memcached:1.6-alpine rabbitmq:3-management wordpress:6.2.1-apache ghost:alpine registry.k8s.io/pause:3.9 k8s.gcr.io/pause:3.1 registry.k8s.io/busybox:1.27.2 registry.k8s.io/nginx-slim:0.8 registry.k8s.io/hpa-example registry.k8s.io/echoserver:1.10 registry.k8s.io/e2e-test-images/agnhost:2.39 registry.k8s.io/etcd:3.5.1-0 gcr.io/google-samples/hello-app:1.0 gcr.io/google-samples/node-hello:1.0 gcr.io/google-samples/kubernetes-bootcamp:v1 gcr.io/google-samples/gb-frontend:v4 us-docker.pkg.dev/google-samples/containers/gke/gb-frontend:v5 gcr.io/google-samples/microservices-demo/adservice:v0.3.6 hashicorp/http-echo:0.2.3 traefik/whoami:v1.10 gcr.io/kuar-demo/kuard-amd64:blue weaveworksdemos/front-end:0.3.12 docker.io/istio/examples-bookinfo-details-v1:1.16.2 dockersamples/examplevotingapp_vote nicolaka/netshoot curlimages/curl:8.5.0 quay.io/prometheus/node-exporter:v1.7.0 elasticsearch:7.17.9 docker.elastic.co/elasticsearch/elasticsearch:8.5.1 confluentinc/cp-kafka:7.3.0 minio/minio:RELEASE.2023-01-25T00-19-54Z polinux/stress vish/stress grafana/grafana:9.3.2 prom/prometheus:v2.41.0 fluent/fluentd-kubernetes-daemonset:v1-debian-elasticsearch bitnami/kubectl:latest public.ecr.aws/docker/library/redis:7'
  for (const reference of list.split(' ')) expect(known(reference), reference).toBe(true)
  for (const reference of [
    'ngnix',
    'nginx:1.91',
    'nginx:latst',
    'busybox:9.99',
    'redis:99',
    'someone/something',
    'leigg/hellok8s:v99',
    'alpine:9.99',
  ])
    expect(known(reference), reference).toBeFalsy()
  expect(isKnownHost('registry.k8s.io')).toBe(true)
  expect(isKnownHost('registry.example.com')).toBe(false)
})
