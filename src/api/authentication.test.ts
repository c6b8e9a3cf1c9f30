import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

function account() {
  const world = new World({ seed: 1 })
  const run = (line: string) => {
    const { stdout, stderr } = world.run(line)
    return stdout + stderr
  }
  run('kubectl create sa bot; kubectl create rolebinding see --clusterrole=view --serviceaccount=default:bot')
  run('kubectl config set-context bot --user=bot --cluster=kubernetes')
  const use = (token: string) => run(`kubectl config set-credentials bot --token=${token}`)
  return { world, run, use }
}
const loggedOut = 'error: You must be logged in to the server (Unauthorized)\n'

test('whoever comes with a token is its service account, with the rights of that', () => {
  const { run, use } = account()
  use('$(kubectl create token bot)')
  expect(run('kubectl --context=bot auth whoami')).toMatch(
    /Username +system:serviceaccount:default:bot\nUID +[0-9a-f-]{36}\nGroups +\[system:serviceaccounts system:serviceaccounts:default system:authenticated\]\nExtra: authentication\.kubernetes\.io\/credential-id +\[JTI=/,
  )
  expect(run('kubectl --context=bot get pods')).toBe('No resources found in default namespace.\n')
  expect(run('kubectl --context=bot get nodes')).toContain(
    'User "system:serviceaccount:default:bot" cannot list resource "nodes"',
  )
  expect(run('kubectl --context=bot get pods --as=jane')).toContain('cannot impersonate resource "users"')
  expect(run('kubectl get nodes')).toContain('k8s-master')
})

test('a token is no longer good when it is changed, too old, or without its account or pod', () => {
  const { world, run, use } = account()
  use('$(kubectl create token bot | sed s/.$/x/)')
  expect(run('kubectl --context=bot get pods')).toBe(loggedOut)
  use('$(kubectl create token bot --duration=10m)')
  world.advance(590_000)
  expect(run('kubectl --context=bot get pods')).not.toBe(loggedOut)
  world.advance(20_000)
  expect(run('kubectl --context=bot get pods')).toBe(loggedOut)
  run(`kubectl run p --image=nginx --overrides='{"spec":{"serviceAccountName":"bot"}}'`)
  world.advance(5000)
  use('$(kubectl create token bot --bound-object-kind=Pod --bound-object-name=p)')
  expect(run('kubectl --context=bot get pods')).toContain('Running')
  run('kubectl delete pod p --now')
  expect(run('kubectl --context=bot get pods')).toBe(loggedOut)
  use('$(kubectl create token bot)')
  run('kubectl delete sa bot')
  expect(run('kubectl --context=bot get pods')).toBe(loggedOut)
})

test('a TokenReview says whose a token is; a pod’s own goes on for longer than it says', () => {
  const { world, run } = account()
  const review = (token: string) => {
    world.write(
      'review.yaml',
      `apiVersion: authentication.k8s.io/v1\nkind: TokenReview\nspec: {token: "${token}"}`,
    )
    return JSON.parse(run('kubectl create -f review.yaml -o json')).status
  }
  expect(review(run('kubectl create token bot').trim())).toMatchObject({
    authenticated: true,
    user: { username: 'system:serviceaccount:default:bot' },
  })
  expect(review('x.y.z')).toMatchObject({ error: 'invalid bearer token' })
  run('kubectl run p --image=busybox -- sleep 99999')
  world.advance(5000)
  const own = run('kubectl exec p -- cat /var/run/secrets/kubernetes.io/serviceaccount/token')
  world.advance(2 * 3_600_000)
  expect(review(own)).toMatchObject({ authenticated: true })
})
