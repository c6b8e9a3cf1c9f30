// Commands that people type beside kubectl: on the workstation, on nodes, in containers.
import { expect, test } from 'vitest'
import { World } from './world.ts'

function machine() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  return { world, run }
}

test('the workstation: k, complete, wget, jq, man, less', () => {
  const { world, run } = machine()
  run('kubectl run web --image=nginx --port=80 --expose')
  world.advance(20_000)
  expect(run('k get po --no-headers')).toContain('web')
  expect(run('complete -o default -F __start_kubectl kc; complete -p kubectl kc')).toBe(
    'complete -o default -F __start_kubectl kubectl\ncomplete -o default -F __start_kubectl kc\n',
  )
  expect(run('complete -p kd')).toBe('bash: line 1: complete: kd: no completion specification\n')
  expect(run("k get po -o json | jq -r '.items[].status.phase'")).toBe('Running\n')
  const page = run('wget -O- $(k get service web -o jsonpath={.spec.clusterIP})')
  expect(page).toContain(
    'HTTP request sent, awaiting response... 200 OK\nLength: 615 [text/html]\nSaving to: ‘STDOUT’',
  )
  expect(page).toContain('<h1>Welcome to nginx!</h1>')
  expect(run('wget -q nosuch')).toBe('wget: unable to resolve host address ‘nosuch’\n')
  expect(run('man kubectl | head -1')).toMatch(/^KUBECTL\(1\) +kubectl User Manual +KUBECTL\(1\)\n$/)
  expect(run('man kubectl-get')).toContain('Display one or many resources')
  expect(run('man ls')).toBe('No manual entry for ls\n')
  expect(run('echo a | less -S')).toBe('a\n')
})

test('Tab completes whatever complete calls kubectl', () => {
  const { world } = machine()
  const terminal = world.terminal(1)
  world.apply({
    at: world.elapsed,
    type: 'input',
    terminal: 1,
    text: 'complete -o default -F __start_kubectl kc\n',
  })
  world.advance(100)
  expect(terminal.complete('kc rollout his').text).toBe('kc rollout history ')
  expect(terminal.complete('kd rollout his').text).toBe('kd rollout his')
})

test('nodes: kubectl’s short names, processes, memory, ports, kubeadm and etcdctl', () => {
  const { world, run } = machine()
  run('kubectl run web --image=nginx --overrides=\'{"spec":{"hostNetwork":true}}\'')
  world.advance(20_000)
  expect(run('ssh k8s-master kk get nodes --no-headers')).toContain('k8s-node1')
  expect(run('ssh k8s-node1 ps -ef')).toMatch(/containerd-shim-runc-v2.*\n.*\/pause\n.*nginx -g daemon off;/)
  expect(run('ssh k8s-node1 free -h')).toMatch(/^ +total +used .*\nMem: +\d+Gi/)
  for (const tool of ['ss -tln', 'netstat -tln']) {
    expect(run(`ssh k8s-node1 ${tool}`)).toMatch(/0\.0\.0\.0:80 /)
    expect(run(`ssh k8s-node1 ${tool}`)).toContain('0.0.0.0:10250')
  }
  run('ssh k8s-node1 systemctl stop kubelet')
  expect(run('ssh k8s-node1 ps -ef')).not.toContain('/usr/bin/kubelet')
  expect(run('ssh k8s-master kubeadm version -o short')).toBe('v1.36.3\n')
  expect(run('ssh k8s-master kubeadm token list')).toBe('')
  const join = run('ssh k8s-master kubeadm token create --print-join-command')
  const [, id, secret] = /--token ([0-9a-z]{6})\.([0-9a-z]{16}) /.exec(join)!
  expect(run('ssh k8s-master kubeadm token list')).toContain(`${id}.${secret}   23h`)
  expect(run(`kubectl get secret -n kube-system bootstrap-token-${id} -o jsonpath={.type}`)).toBe(
    'bootstrap.kubernetes.io/token',
  )
  expect(run('ssh k8s-node1 kubeadm token list')).toContain('failed to load admin kubeconfig')
  expect(run('ssh k8s-master kubeadm certs check-expiration')).toMatch(
    /apiserver +Nov 23, 2027 09:21 UTC +364d +ca +no\n/,
  )
  expect(run('ssh k8s-master kubeadm upgrade plan')).toContain('here only')
  const pki = '/etc/kubernetes/pki/etcd'
  const keys = `--cacert=${pki}/ca.crt --cert=${pki}/server.crt --key=${pki}/server.key`
  expect(run(`ssh k8s-master etcdctl snapshot save /tmp/s.db ${keys}`)).toContain(
    'Snapshot saved at /tmp/s.db',
  )
  expect(run('ssh k8s-master etcdutl snapshot status /tmp/s.db')).toMatch(/^[0-9a-f]{8}, \d+, \d+, /)
  expect(run('ssh k8s-master etcdctl snapshot status /tmp/s.db')).toContain('since 3.6 etcdutl')
  expect(run('ssh k8s-master etcdutl snapshot restore /tmp/s.db')).toContain('here only')
  expect(run('ssh k8s-master etcdutl snapshot status /etc/hostname')).toContain('no snapshot')
  expect(run('ssh k8s-master etcdctl snapshot save /tmp/t.db')).toContain('context deadline exceeded')
  expect(run('ssh k8s-master etcdutl snapshot status /tmp/t.db')).toContain('no such file')
  expect(run('ssh k8s-node1 etcdctl version')).toContain('command not found')
  world.inject({ type: 'etcd-down' })
  expect(run(`ssh k8s-master etcdctl snapshot save /tmp/late.db ${keys}`)).toContain(
    'context deadline exceeded',
  )
  expect(run(`ssh k8s-master etcdctl endpoint health ${keys}`)).toContain('context deadline exceeded')
  world.repair({ type: 'etcd-down' })
  expect(run(`ssh k8s-master etcdctl endpoint health ${keys}`)).toContain('is healthy')
})

test('busybox: wget, du, vi, nc, telnet, netstat, traceroute', () => {
  const { world, run } = machine()
  run('kubectl run web --image=nginx --port=80 --expose; kubectl run r --image=redis --port=6379 --expose')
  run('kubectl run b --image=busybox:1.31 -- sh -c "mkdir /d; echo x > /d/f; httpd -f -p 8000 -h /d"')
  world.advance(20_000)
  const on = (command: string) => run(`kubectl exec -i b -- ${command}`)
  expect(on('wget -O- web --timeout 2')).toContain('<h1>Welcome to nginx!</h1>')
  expect(on('wget --spider --timeout=1 web')).toMatch(
    /^Connecting to web \(20\.1\.\d+\.\d+:80\)\nremote file exists\n$/,
  )
  expect(on('du -s /d')).toBe('8\t/d\n')
  expect(on('du -a /d')).toBe('4\t/d/f\n8\t/d\n')
  expect(run('echo PING | kubectl exec -i b -- nc r 6379')).toBe('+PONG\r\n')
  expect(run('printf "GET / HTTP/1.0\\r\\n\\r\\n" | kubectl exec -i b -- nc web 80')).toMatch(
    /^HTTP\/1\.1 200 OK\r\n[\s\S]*<h1>Welcome/,
  )
  expect(on('nc -zv web 80')).toContain('open')
  expect(run('printf "set a 1\\nget a\\n" | kubectl exec -i b -- telnet r 6379')).toContain(
    '+OK\r\n$1\r\n1\r\n',
  )
  expect(on('netstat -tln')).toMatch(/tcp +0 +0 0\.0\.0\.0:8000 +0\.0\.0\.0:\* +LISTEN/)
  expect(on('traceroute -n $(kubectl get pod web -o jsonpath={.status.podIP})').split('\n')).toHaveLength(4)
  run('printf ":a\\none\\ntwo\\n.\\n:%%s/o/0/g\\n:wq\\n" | kubectl exec -i b -- vi /tmp/x')
  expect(on('cat /tmp/x')).toBe('0ne\ntw0\n')
})

test('databases keep what they are told on their volume, and are asked over the network', () => {
  const { world, run } = machine()
  run(`kubectl apply -f - <<'END'
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: manual, hostPath: {path: /data/mysql}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: manual, resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: mysql}
spec: {selector: {app: mysql}, ports: [{port: 3306}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: mysql}
spec:
  selector: {matchLabels: {app: mysql}}
  strategy: {type: Recreate}
  template:
    metadata: {labels: {app: mysql}}
    spec:
      containers:
      - name: mysql
        image: mysql:8.0
        env: [{name: MYSQL_ROOT_PASSWORD, value: password}]
        volumeMounts: [{name: v, mountPath: /var/lib/mysql}]
      volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]
END`)
  world.until('kubectl rollout status deployment/mysql --timeout=90s')
  world.advance(20_000)
  const sql = (text: string) =>
    run(`kubectl exec deployment/mysql -- mysql -ppassword -e '${text}' 2>/dev/null`)
  expect(
    sql(
      'create database shop; use shop; create table t (id int auto_increment primary key, name varchar(20)); insert into t (name) values ("ann"), ("bob"); select * from t where id > 1',
    ),
  ).toBe('id\tname\n2\tbob\n')
  expect(run('kubectl exec deployment/mysql -- mysql -ppassword -e "select * from shop.nope"')).toContain(
    'ERROR 1046 (3D000)',
  )
  run('kubectl delete pod -l app=mysql')
  world.until('kubectl rollout status deployment/mysql --timeout=90s')
  world.advance(20_000)
  expect(
    run(
      'kubectl run c --image=mysql:8.0 --restart=Never --command -- mysql -h mysql -uroot -ppassword shop -e "select name from t order by name desc"; sleep 15; kubectl logs c',
    ),
  ).toContain('name\nbob\nann\n')
  expect(
    run(
      'kubectl run d --image=mysql:8.0 --restart=Never --command -- mysql -h mysql -uroot -pnope -e "select 1"; sleep 5; kubectl logs d',
    ),
  ).toContain("Access denied for user 'root'")
})

test('each -e of sed is a line of its program', () => {
  const world = new World({ seed: 1 })
  expect(world.run("printf 'a\\nb\\nb\\n' | sed -e /a/d -e s/b/c/ -e 2p").stdout).toBe('c\nc\nc\n')
  expect(world.run("printf 'a\\nb\\n' | sed -e '/a/b' -e s/./x/").stdout).toBe('a\nx\n')
})
