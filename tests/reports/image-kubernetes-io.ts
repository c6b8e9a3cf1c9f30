import { expect } from 'vitest'
import type { Report } from '../reports.test.ts'

/** kubernetes.io's first Deployment runs, and so do the other images that the report wants. */
export default ({ world, file }: Report): void => {
  world.run(`kubectl apply -f ${file}`)
  const wanted =
    'nginx:1.7.9 redis:5.0.4 mysql:8.0 mysql:5.7 postgres:13 alpine ubuntu debian python:3 node registry.k8s.io/busybox registry.k8s.io/pause:3.9 registry.k8s.io/nginx-slim:0.24 registry.k8s.io/hpa-example registry.k8s.io/echoserver:1.10 registry.k8s.io/e2e-test-images/agnhost:2.39 gcr.io/google-samples/hello-app:1.0 gcr.io/google-samples/hello-app:2.0 gcr.io/google-samples/node-hello:1.0 gcr.io/google-samples/kubernetes-bootcamp:v1 hashicorp/http-echo perl:5.34'
  for (const image of wanted.split(' ')) expect(world.cluster.registry.find(image), image).toBeDefined()
  world.advance(10_000)
  expect(world.run('kubectl get deployment nginx-deployment --no-headers').stdout).toMatch(/ 3\/3 /)
  expect(world.run('kubectl exec deployment/nginx-deployment -- nginx -v').stderr).toBe(
    'nginx version: nginx/1.14.2\n',
  )
}
