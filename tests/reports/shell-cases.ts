import { expect } from 'vitest'
import type { Report } from '../reports.test.ts'

/** Cases 1, 2, 5, 6 and 7: busybox's wget, and what the workstation has. */
export default ({ world }: Report): void => {
  world.run('kubectl run web --image=nginx --port=80 --expose; kubectl run b --image=busybox -- sleep 9999')
  world.advance(8000)
  expect(world.run('kubectl exec b -- wget -O- web --timeout 2').stdout).toContain('Welcome to nginx!')
  expect(world.run('kubectl exec b -- wget --spider --timeout=1 web').stderr).toMatch(
    /^Connecting to web \(20\.1\.\d+\.\d+:80\)\nremote file exists\n$/,
  )
  expect(world.run('k get po').stdout).toContain('web ')
  expect(world.run('complete -o default -F __start_kubectl k')).toEqual({ stdout: '', stderr: '', exit: 0 })
  expect(world.run('echo \'{"a": [1]}\' | jq -c .a').stdout).toBe('[1]\n')
  expect(world.run('wget --version; which wget jq').stdout).toContain('/wget\n')
}
