// A Service without a cluster IP is in order: nothing is allocated for it, and its addresses are ["None"].
import { expect } from 'vitest'
import { diagnose } from '../../src/manifest/diagnose.ts'
import type { Report } from '../reports.test.ts'

export default ({ world, file, text }: Report) => {
  expect(diagnose(text)).toEqual([])
  expect(world.run(`kubectl apply -f ${file}`).stdout).toBe('service/web created\n')
  expect(world.run('kubectl get svc web -o jsonpath={.spec.clusterIPs}').stdout).toBe('["None"]')
}
