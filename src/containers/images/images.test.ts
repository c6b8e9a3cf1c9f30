// Programs of images, by what tutorials do with them.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

function machine() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  const address = (pod: string) => run(`kubectl get pod ${pod} -o jsonpath={.status.podIP}`)
  const get = (pod: string, path: string) => run(`ssh k8s-node1 curl -s ${address(pod)}:${path}`)
  return { world, run, get, address }
}

test('programs of the documentation answer as it shows', () => {
  const { world, run, get } = machine()
  for (const [name, image, rest] of [
    ['hello', 'gcr.io/google-samples/hello-app:2.0', ''],
    ['node', 'gcr.io/google-samples/node-hello:1.0', ''],
    ['boot', 'gcr.io/google-samples/kubernetes-bootcamp:v1', ''],
    ['echo', 'hashicorp/http-echo:0.2.3', '-- -text=apple -listen=:5000'],
    ['who', 'traefik/whoami:v1.10', ''],
    ['kuard', 'gcr.io/kuar-demo/kuard-amd64:blue', ''],
    ['net', 'registry.k8s.io/e2e-test-images/agnhost:2.39', '-- netexec --http-port=8080'],
    ['name', 'registry.k8s.io/e2e-test-images/agnhost:2.39', '-- serve-hostname'],
    ['live', 'registry.k8s.io/e2e-test-images/agnhost:2.40', '-- liveness'],
    ['grpc', 'registry.k8s.io/e2e-test-images/agnhost:2.39', '-- grpc-health-checking'],
    ['hpa', 'registry.k8s.io/hpa-example', ''],
    ['kafka', 'confluentinc/cp-kafka:7.3.0', ''],
    ['shop', 'weaveworksdemos/front-end:0.3.12', '--port=8079'],
    ['demo', 'nginxdemos/hello:plain-text', ''],
  ])
    run(`kubectl run ${name} --image=${image} ${rest}`)
  world.advance(180_000)
  expect(run('kubectl get pods --no-headers').match(/ 1\/1 +Running /g)).toHaveLength(14)
  expect(get('hello', '8080')).toBe('Hello, world!\nVersion: 2.0.0\nHostname: hello\n')
  expect(get('node', '8080')).toBe('Hello Kubernetes!')
  expect(get('boot', '8080')).toBe('Hello Kubernetes bootcamp! | Running on: boot | v=1\n')
  expect(get('echo', '5000')).toBe('apple\n')
  expect(get('who', '80')).toMatch(
    /^Hostname: who\nIP: 127\.0\.0\.1\nIP: 20\.2\.1\.\d+\nRemoteAddr: .*\nGET \/ HTTP\/1\.1\nHost: /,
  )
  expect(get('kuard', '8080/healthy')).toBe('ok')
  run(
    `node-exec k8s-node1 curl -s -X PUT -d '{"failNext":1}' $(kubectl get pod kuard -o jsonpath={.status.podIP}):8080/healthy/api`,
  )
  expect(get('kuard', '8080/healthy')).toBe('fail')
  expect(get('kuard', '8080/healthy')).toBe('ok')
  expect(get('net', '8080/hostname')).toBe('net')
  expect(get('net', '"8080/echo?msg=hi"')).toBe('hi')
  expect(get('name', '9376')).toBe('name')
  expect(get('live', '8080/healthz')).toMatch(/^error: \d+/)
  expect(get('hpa', '80')).toBe('OK!')
  expect(get('shop', '8079/anything')).toBe('A stand-in for weaveworksdemos/front-end:0.3.12.\n')
  expect(run('kubectl logs kafka')).toContain('Kafka Server started')
  expect(run('kubectl exec shop -- sh -c "echo inside"')).toBe('inside\n')
  // gRPC's health protocol, in the form that it has on this network.
  expect(get('grpc', '5000/grpc.health.v1.Health/Check')).toBe('SERVING')
  get('grpc', '8080/make-not-serving')
  expect(get('grpc', '5000/grpc.health.v1.Health/Check')).toBe('NOT_SERVING')
})

test('hellok8s in its versions: files, variables, and a port that is taken', () => {
  const { world, run, get } = machine()
  run(
    "kubectl create secret generic s --from-literal=DB_PASSWD=pass123 --from-literal=some.txt='hello world' --from-literal=cert.key=KEY --from-literal=config.yaml='username: hellok8s'",
  )
  run(`kubectl apply -f - <<'END'
apiVersion: v1
kind: Pod
metadata: {name: secret}
spec:
  containers:
  - name: c
    image: leigg/hellok8s:v4_secret
    env: [{name: DB_PASSWD, valueFrom: {secretKeyRef: {name: s, key: DB_PASSWD}}}]
    volumeMounts: [{name: v, mountPath: /etc/secret_vol}]
  volumes: [{name: v, secret: {secretName: s}}]
---
apiVersion: v1
kind: Pod
metadata: {name: two}
spec:
  containers: [{name: a, image: 'leigg/hellok8s:v1'}, {name: b, image: 'leigg/hellok8s:v2'}]
END`)
  world.advance(6000)
  expect(get('secret', '3000/hello')).toBe(
    '[v4] Hello, Kubernetes! From host: secret, Get Database Passwd: pass123\n\nsome.txt:hello world\ncert.key:KEY\nconfig.yaml:username: hellok8s',
  )
  expect(run('kubectl logs two -c b')).toMatch(
    /^2026\/11\/23 09:30:\d\d listen tcp :3000: bind: address already in use\n$/,
  )
  expect(
    run("kubectl get pod two -o jsonpath='{.status.containerStatuses[1].lastState.terminated.exitCode}'"),
  ).toBe('1')
})

test('nginx serves what its configuration says, or tells what is wrong with it', () => {
  const { world, run, get } = machine()
  run(`kubectl create configmap good --from-literal=default.conf='
server {
  listen 8080;
  root /usr/share/nginx/html;
  location = /hi { default_type text/plain; return 200 "hi from $hostname\\n"; }
  location /api/ { proxy_pass http://back:80/; }
  location /old { return 301 /new; }
}'`)
  run("kubectl create configmap bad --from-literal=default.conf='server { listen 80 }'")
  run(
    "kubectl create configmap lost --from-literal=default.conf='server { location / { proxy_pass http://nowhere; } }'",
  )
  run('kubectl run back --image=nginx:1.25 --port=80 --expose')
  for (const name of ['good', 'bad', 'lost'])
    run(
      `kubectl run ${name} --image=nginx --overrides='{"spec":{"containers":[{"name":"c","image":"nginx","volumeMounts":[{"name":"v","mountPath":"/etc/nginx/conf.d"}]}],"volumes":[{"name":"v","configMap":{"name":"${name}"}}]}}'`,
    )
  world.advance(10_000)
  expect(get('good', '8080/hi')).toBe('hi from good\n')
  expect(get('good', '8080/api/')).toContain('<h1>Welcome to nginx!</h1>')
  expect(get('good', '8080/nope')).toContain('404 Not Found')
  expect(run(`ssh k8s-node1 curl -sI $(kubectl get pod good -o jsonpath={.status.podIP}):8080/old`)).toMatch(
    /301 Moved Permanently\r\n[\s\S]*Location: \/new/i,
  )
  expect(run('kubectl logs bad')).toContain(
    'nginx: [emerg] unexpected "}" in /etc/nginx/conf.d/default.conf:1',
  )
  expect(run('kubectl logs lost')).toContain(
    'host not found in upstream "nowhere" in /etc/nginx/conf.d/default.conf:1',
  )
  run('kubectl delete service back')
  run("kubectl exec good -- sh -c 'rm -f /etc/nginx/conf.d/none; nginx -s reload'")
  world.advance(1000)
  expect(run('kubectl logs good')).toContain('signal 1 (SIGHUP) received, reconfiguring')
})

test('nginx has workers: one for each processor or as many as asked for, with numbers of their own, and started anew', () => {
  const { world, run } = machine()
  run(`kubectl create configmap three --from-literal=nginx.conf='
worker_processes 3;
events {}
http { server { listen 80; } }'`)
  run('kubectl run two --image=nginx')
  run(
    `kubectl run three --image=nginx --overrides='{"spec":{"containers":[{"name":"c","image":"nginx","command":["nginx","-c","/w/nginx.conf","-g","daemon off;"],"volumeMounts":[{"name":"v","mountPath":"/w"}]}],"volumes":[{"name":"v","configMap":{"name":"three"}}]}}'`,
  )
  world.advance(5000)
  const workers = (pod: string) =>
    [...run(`kubectl logs ${pod}`).matchAll(/start worker process (\d+)/g)].map(([, n]) => Number(n))
  const [first, second] = workers('two') as [number, number]
  expect(workers('two')).toEqual([first, first + 1])
  expect(workers('three')).toHaveLength(3)
  const node = run("kubectl get pod two -o jsonpath='{.spec.nodeName}'")
  expect(run(`ssh ${node} ps aux`).match(/nginx: worker process/g)?.length).toBeGreaterThanOrEqual(2)
  run(`kubectl exec two -- sh -c 'kill -9 ${second}'`)
  world.advance(1000)
  expect(run('kubectl logs two')).toMatch(
    new RegExp(`\\[alert\\] 1#1: worker process ${second} exited on signal 9\n.*start worker process \\d+\n`),
  )
  run("kubectl exec two -- sh -c 'nginx -s reload'")
  world.advance(1000)
  expect(run('kubectl logs two')).toContain(`] ${first}#${first}: gracefully shutting down\n`)
  run(`kubectl exec two -- sh -c 'kill -TERM 1'`)
  world.advance(500)
  expect(run('kubectl logs two --previous')).toContain('signal 15 (SIGTERM) received, exiting\n')
})

test('nginx does at each signal what it says: workers asked to end are replaced, logs reopened, -s finds its master', () => {
  const { world, run } = machine()
  run('kubectl run web --image=nginx')
  run('kubectl run idle --image=nginx -- sleep 1000')
  world.advance(5000)
  const logs = (more = '') => run(`kubectl logs web ${more}`)
  const worker = /start worker process (\d+)/.exec(logs())![1]!
  run(`kubectl exec web -- sh -c 'kill -TERM ${worker}'`)
  world.advance(500)
  expect(logs()).toMatch(
    new RegExp(
      `${worker}#${worker}: signal 15 \\(SIGTERM\\) received, exiting\n.*${worker}#${worker}: exiting\n.*: exit\n.*signal 17 \\(SIGCHLD\\) received from ${worker}\n.*worker process ${worker} exited with code 0\n.*start worker process \\d+\n`,
    ),
  )
  run('kubectl exec web -- nginx -s reopen')
  world.advance(500)
  expect(logs()).toMatch(
    /1#1: signal 10 \(SIGUSR1\) received, reopening logs\n.*1#1: reopening logs\n(.*\d+#\d+: reopening logs\n)+$/,
  )
  run("kubectl exec web -- sh -c 'kill -USR2 1'")
  expect(world.run('kubectl exec web -- nginx -s nope').stderr).toContain(
    'nginx: invalid option: "-s nope"\n',
  )
  expect(world.run('kubectl exec idle -- nginx -s reload').stderr).toContain(
    'nginx: [error] open() "/var/run/nginx.pid" failed (2: No such file or directory)\n',
  )
  run('kubectl exec web -- nginx -s quit')
  world.advance(500)
  expect(logs('--previous')).toContain('signal 3 (SIGQUIT) received, shutting down\n')
})

test('python, node and perl run small scripts', () => {
  const { world, run, get } = machine()
  const script = (name: string, image: string, command: string) => {
    run(`kubectl run ${name} --image=${image} --restart=Never -- ${command}`)
  }
  script(
    'py',
    'python:3.12-slim',
    `python -c 'import os, time\nfor i in range(3):\n    if i == 1:\n        print(f"i={i}")\n    else:\n        time.sleep(0.1)\nprint("sum", 2 + 3 * 4, os.environ.get("NO", "none"))'`,
  )
  script('web', 'python:3.9', 'python -m http.server 8000')
  script(
    'js',
    'node:18-alpine',
    `node -e 'const n = 3; console.log("n is " + n * 2, [1, "a"]); process.exit(n)'`,
  )
  script('pi', 'perl:5.34', `perl -Mbignum=bpi -wle 'print bpi(20)'`)
  script('pl', 'perl', `perl -e 'print "two ", 1 + 1, "\\n"'`)
  script('odd', 'python', `python -c 'import numpy; print(numpy.zeros(3))'`)
  world.advance(200_000)
  expect(run('kubectl logs py')).toBe('i=1\nsum 14 none\n')
  expect(run('kubectl logs js')).toBe("n is 6 [ 1, 'a' ]\n")
  expect(
    run("kubectl get pod js -o jsonpath='{.status.containerStatuses[0].state.terminated.exitCode}'"),
  ).toBe('3')
  expect(run('kubectl logs pi')).toBe('3.1415926535897932385\n')
  expect(run('kubectl logs pl')).toBe('two 2\n')
  expect(run('kubectl logs odd')).toContain("this simulator's Python does not know numpy.zeros()")
  expect(get('web', '8000')).toContain('Directory listing for /')
  expect(run('kubectl exec web -- python --version')).toMatch(/^Python 3\.9\./)
})

test('redis keeps its append-only file, postgres and mongo answer their clients, memory is bounded', () => {
  const { world, run } = machine()
  run(`kubectl apply -f - <<'END'
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers:
  - {name: redis, image: 'redis:7.2', args: [--appendonly, "yes"], volumeMounts: [{name: v, mountPath: /data}]}
  - {name: pg, image: 'postgres:16', env: [{name: POSTGRES_PASSWORD, value: x}, {name: POSTGRES_DB, value: app}]}
  - {name: mongo, image: 'mongo:6'}
  volumes: [{name: v, emptyDir: {}}]
---
apiVersion: v1
kind: Pod
metadata: {name: hog}
spec:
  containers: [{name: c, image: polinux/stress, command: [stress], args: [--vm, "1", --vm-bytes, 250M, --vm-hang, "1"], resources: {limits: {memory: 100Mi}}}]
END`)
  world.advance(60_000)
  const redis = (command: string) => run(`kubectl exec db -c redis -- redis-cli ${command}`).trim()
  expect(redis('set a 1')).toBe('OK')
  expect(redis('incr a')).toBe('2')
  expect(redis('lpush l x y')).toBe('2')
  expect(redis('info replication')).toContain('role:master')
  expect(redis('get l')).toContain('WRONGTYPE')
  run('kubectl exec db -c redis -- sh -c "kill 1"')
  world.advance(30_000)
  expect(
    run('kubectl get pod db -o jsonpath=\'{.status.containerStatuses[?(@.name=="redis")].restartCount}\''),
  ).toBe('1')
  expect(redis('get a')).toBe('2')
  const psql = (text: string) => run(`kubectl exec db -c pg -- psql -U postgres -d app -c "${text}"`)
  expect(psql('create table users (id serial primary key, name text)')).toBe('CREATE TABLE\n')
  expect(psql("insert into users (name) values ('ann'), ('bob')")).toBe('INSERT 0 2\n')
  expect(psql('select * from users where id > 1')).toBe(' id | name \n----+------\n  2 | bob\n(1 row)\n\n')
  expect(psql('select * from nope')).toContain(
    'ERROR:  relation "nope" does not exist\nLINE 1: select * from nope\n                      ^\n',
  )
  const mongo = (text: string) => run(`kubectl exec db -c mongo -- mongosh --quiet --eval '${text}'`)
  expect(mongo('db.users.insertOne({name: "ann", age: 30})')).toContain('acknowledged: true')
  expect(mongo('db.users.countDocuments({age: {$gt: 20}})')).toBe('1\n')
  expect(
    run("kubectl get pod hog -o jsonpath='{.status.containerStatuses[0].lastState.terminated.reason}'"),
  ).toBe('OOMKilled')
})

test('programs that the older documentation runs as images of their own', () => {
  const { world, run, get } = machine()
  run('kubectl run live --image=registry.k8s.io/liveness -- /server')
  run('kubectl run proxy --image=registry.k8s.io/goproxy:0.1')
  run('kubectl run name --image=k8s.gcr.io/serve_hostname:v1.4')
  run('kubectl run files --image=registry.k8s.io/test-webserver')
  world.advance(30_000)
  expect(run('kubectl get pods --no-headers').match(/ 1\/1 +Running /g)).toHaveLength(4)
  expect(get('live', '8080/healthz')).toMatch(/^error: \d+/)
  expect(get('proxy', '8080')).toContain('404')
  expect(get('name', '9376')).toBe('name')
})
