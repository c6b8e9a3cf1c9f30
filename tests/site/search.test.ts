// Search, by what readers type: the page that must come first or second. A query is the words, an arrow, the page. Every fourth
// one is tried, in `npm run soak` all.
import { expect, inject, test } from 'vitest'
import { sample } from '../sample.ts'
import { useBrowser } from './use-browser.ts'

const queries = {
  zh: `
    滚动更新 → 04-deployment/05-strategy
    就绪探针 → 04-deployment/08-readiness
    存活探针 → 04-deployment/07-liveness
    无头服务 → 07-service/06-headless
    rollout undo → 04-deployment/04-roll-back
    污点 → 05-daemonset/02-taints
    退避 → 03-pod/08-restarts
    maxSurge → 04-deployment/05-strategy
    finalizer → 09-namespace/03-delete
    connection refused → errors
    imagePullSecrets → 10-config/05-registry
    kubectl edit → sheet
    ImagePullBackOff → 03-pod/07-status
    CrashLoopBackOff → 03-pod/08-restarts
    OOMKilled → 03-pod/07-status
    回滚 → 04-deployment/04-roll-back
    rollut → 04-deployment/04-roll-back
    探针 → 04-deployment/07-liveness
    init 容器 → 03-pod/05-init
    sidecar → 03-pod/04-sidecar
    资源限制 → 03-pod/11-resources
    etcd → 01-intro/03-etcd-down
    Dockerfile → 02-docker/01-dockerfile
    多阶段构建 → 02-docker/01-dockerfile
    推送镜像 → 02-docker/04-push
    ClusterIP → 07-service/02-clusterip
    NodePort → 07-service/04-nodeport
    DNS → 01-intro/07-dns
    节点亲和 → 03-pod/12-nodes
    优雅终止 → 03-pod/09-deletion
    preStop → 03-pod/09-deletion
    HPA → 04-deployment/11-autoscale
    自动扩缩 → 04-deployment/11-autoscale
    暂停 发布 → 04-deployment/09-pause-and-resume
    ReplicaSet → 04-deployment/10-replicaset
    securityContext → 03-pod/14-identity
    emptyDir → 03-pod/13-volumes
    NetworkPolicy → 07-service/10-network-policy
    ndots → 07-service/09-discovery
    drain → 05-daemonset/04-maintain
    backoffLimit → 06-job/03-failure
    CronJob → 06-job/04-cronjob
    补跑 → 06-job/05-overlap
    StatefulSet → 06-job/06-statefulset`,
  en: `
    rolling update → 04-deployment/05-strategy
    readiness probe → 04-deployment/08-readiness
    liveness probe → 04-deployment/07-liveness
    headless → 07-service/06-headless
    rollout undo → 04-deployment/04-roll-back
    taint → 05-daemonset/02-taints
    back-off → 03-pod/08-restarts
    maxSurge → 04-deployment/05-strategy
    finalizer → 09-namespace/03-delete
    connection refused → errors
    imagePullSecrets → 10-config/05-registry
    kubectl edit → sheet
    ImagePullBackOff → 03-pod/07-status
    CrashLoopBackOff → 03-pod/08-restarts
    OOMKilled → 03-pod/07-status
    roll back → 04-deployment/04-roll-back
    rollut → 04-deployment/04-roll-back
    probe → 04-deployment/07-liveness
    init container → 03-pod/05-init
    sidecar → 03-pod/04-sidecar
    limits → 03-pod/11-resources
    etcd → 01-intro/03-etcd-down
    Dockerfile → 02-docker/01-dockerfile
    multi-stage → glossary
    push image → 02-docker/04-push
    ClusterIP → 07-service/02-clusterip
    NodePort → 07-service/04-nodeport
    DNS → 01-intro/07-dns
    affinity → 03-pod/12-nodes
    graceful termination → 03-pod/09-deletion
    preStop → 03-pod/09-deletion
    HPA → 04-deployment/11-autoscale
    autoscaling → 04-deployment/11-autoscale
    pause → 04-deployment/09-pause-and-resume
    ReplicaSet → 04-deployment/10-replicaset
    securityContext → 03-pod/14-identity
    emptyDir → 03-pod/13-volumes
    NetworkPolicy → 07-service/10-network-policy
    ndots → 07-service/09-discovery
    drain → 05-daemonset/04-maintain
    backoffLimit → 06-job/03-failure
    CronJob → 06-job/04-cronjob
    parallelism → 06-job/02-parallel
    StatefulSet → 06-job/06-statefulset`,
}

const openPage = useBrowser()

test.each(['zh', 'en'] as const)('queries find their page, first or second (%s)', async language => {
  const { page, problems, close } = await openPage()
  await page.goto(`${inject('url')}${language}/`)
  await page.keyboard.press('/')
  const input = page.locator('dialog.search[open] input')
  const misses: string[] = []
  for (const line of sample(queries[language].trim().split('\n'), 4)) {
    const [query = '', wanted = ''] = line.trim().split(' → ')
    await input.fill('')
    await expect.poll(() => page.locator('.search-results li').count()).toBe(0)
    await input.fill(query)
    await expect
      .poll(() => page.locator('.search-results li').count(), { timeout: 10_000, message: query })
      .toBeGreaterThan(0)
    const found = await page
      .locator('.search-results li')
      .evaluateAll(items => items.slice(0, 2).map(each => new URL(each.querySelector('a')!.href).pathname))
    if (!found.some(each => each.startsWith(`/${language}/${wanted}`)))
      misses.push(`${query}: ${found.join(' ')}`)
  }
  expect(misses).toEqual([])
  expect(problems).toEqual([])
  await close()
})

test('search is narrowed by chapter, kind, command and error, with a query and without', async () => {
  const { page, problems, close } = await openPage({ viewport: { width: 390, height: 844 } })
  await page.goto(`${inject('url')}en/`)
  await page.locator('[data-search]').click()
  const dialog = page.locator('dialog.search[open]')
  const found = () =>
    page
      .locator('.search-results li a')
      .evaluateAll(links => links.map(each => new URL((each as HTMLAnchorElement).href).pathname))
  // A phone shows them when they are asked for.
  expect(await dialog.locator('[name="command"]').isVisible()).toBe(false)
  await dialog.locator('summary').click()
  await dialog.locator('[name="command"]').selectOption('rollout undo')
  await expect.poll(found).toContain('/en/04-deployment/04-roll-back/')
  await dialog.locator('[name="chapter"]').selectOption('5 DaemonSet')
  await expect.poll(found).toEqual(['/en/05-daemonset/03-update/'])
  await dialog.locator('[name="command"]').selectOption('')
  await dialog.locator('[name="chapter"]').selectOption('')
  await expect.poll(() => page.locator('.search-results li').count()).toBe(0)
  await dialog.locator('[name="kind"]').selectOption('DaemonSet')
  await dialog.locator('input').fill('taint')
  await expect.poll(async () => (await found())[0]).toMatch(/^\/en\/05-daemonset\//)
  await dialog.locator('[name="kind"]').selectOption('')
  await dialog.locator('input').fill('')
  await dialog.locator('[name="error"]').selectOption('CrashLoopBackOff')
  await expect.poll(found).toContain('/en/03-pod/07-status/')
  await dialog.locator('[name="error"]').selectOption('')
  await dialog.locator('[name="chapter"]').focus()
  await page.keyboard.press('ArrowDown')
  expect(await dialog.locator('[name="chapter"]').inputValue()).toMatch(/^0 /)
  await expect.poll(async () => (await found()).length).toBeGreaterThan(2)
  expect((await found()).every(each => each.startsWith('/en/00-setup/'))).toBe(true)
  expect(await dialog.evaluate(each => each.scrollWidth <= each.clientWidth)).toBe(true)
  expect(problems).toEqual([])
  await close()
})
