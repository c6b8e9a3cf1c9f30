// Lines that somebody might type: kubectl's verbs with kinds, names and flags of all sorts, docker's, and the shell around
// them. Mostly well formed; sometimes a word is missing, or one too many.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the shell's own.
import type { Choose } from './choose.ts'
import { damaged, inherited } from './damage.ts'
import { names } from './manifests.ts'

const kinds =
  'pods po deploy deployments rs sts ds jobs cj svc ep endpointslices ing cm secrets ns nodes no pv pvc sa quota limits hpa pdb netpol events roles rolebindings clusterroles crd toys leases rc all pod,svc deploy/web sts.apps deployments.v1.apps priorityclasses storageclasses nosuch'
const workloads =
  'deploy/web sts/db ds/web rs/web rc/web job/a pod/web pod/a deployment/nosuch cronjob/tick svc/web'
const odd = [
  "''",
  '0',
  '-1',
  '99999999999',
  '1e3',
  'web-*',
  '"a b"',
  '你好',
  '😀',
  '--',
  '-',
  '/',
  'a=b',
  '$x',
  '{}',
  '=',
]

const name = (c: Choose): string => (c.oneIn(8) ? c.of(...odd) : c.of(...names))
const kind = (c: Choose): string => c.word(kinds)
const workload = (c: Choose): string => (c.oneIn(3) ? `${kind(c)}/${name(c)}` : c.word(workloads))
const node = (c: Choose): string => c.word('k8s-master k8s-node1 k8s-node2 nosuch')
const duration = (c: Choose): string => c.word('0 1s 5s 30s 1m -1s 10 1h30m x 0.5s')
const number = (c: Choose): string => c.word('0 1 2 3 5 -1 30 2147483648 x 1.5')

const namespace = (c: Choose): string =>
  c
    .maybe(() => c.word('-n=default -n=kube-system -A --namespace=x-1 -n=nosuch --all-namespaces'), 4)
    .replace('-n=', '-n ')
const selector = (c: Choose): string =>
  c.maybe(
    () =>
      `-l ${c.of('app=web', 'app!=web', "'app in (web,db)'", 'app', "'!app'", 'a=b,c', "'app in ('", '==', "'x notin (y)'", 'app==web')}`,
    4,
  )
const dryRun = (c: Choose): string =>
  c.maybe(() => c.word('--dry-run=client --dry-run=server --dry-run=none --dry-run --dry-run=x'), 5)

const paths = [
  '{.items[*].metadata.name}',
  '{range .items[*]}{.metadata.name}{"\\n"}{end}',
  '{.items[?(@.spec.replicas>1)].metadata.name}',
  '{.status.conditions[?(@.type=="Ready")].status}',
  '{..image}',
  '{.items[-1:].metadata}',
  '{.items[0:5:2]}',
  '{$}',
  '{@}',
  '{range}',
  '{.items[}',
  '{.metadata.annotations.a\\.b}',
  '{.items[*]["kind","metadata"]}',
  '{"\\u4f60"}',
  '{end}',
  '{..}',
  '{.items[5]}',
]
const templates = [
  '{{range .items}}{{.metadata.name}} {{end}}',
  '{{.metadata.name | printf "%5s"}}',
  '{{len .items}}',
  '{{index .items 0}}',
  '{{with $x := .kind}}{{$x}}{{end}}',
  '{{if eq .kind "List"}}a{{else}}b{{end}}',
  '{{.nosuch.x}}',
  '{{define "a"}}{{template "a"}}{{end}}{{template "a"}}',
  '{{',
  '{{end}}',
  '{{printf "%d %v %q" 1 . .kind}}',
  '{{range $i, $e := .items}}{{$i}}{{end}}',
  '{{index .metadata "x" 3}}',
  '{{slice .kind 1 2}}',
  '{{js .}}',
  '{{html .kind}}',
]
const output = (c: Choose): string =>
  c.maybe(
    () =>
      c.of(
        () =>
          `-o ${c.word('yaml json wide name yaml json jsonpath custom-columns go-template x kyaml jsonpath-as-json')}`,
        () => `-o jsonpath='${c.of(...paths)}'`,
        () => `-o go-template='${c.of(...templates)}'`,
        () =>
          `-o custom-columns=${c.of('N:.metadata.name', 'A:.spec.replicas,B:.status', 'X', 'N:..x', 'N:{.items}', ':', 'I:.spec.containers[*].image')}`,
      )(),
    2,
  )

const patches = [
  '{"spec":{"replicas":0}}',
  '{"spec":{"replicas":-1}}',
  '{"spec":{"replicas":null}}',
  '{"spec":{"replicas":"3"}}',
  '{"metadata":{"labels":{"app":"x"}}}',
  '{"metadata":{"finalizers":["x/y"]}}',
  '{"metadata":{"finalizers":null}}',
  '{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"a","uid":"u"}]}}',
  '{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"nosuch"}]}}}}',
  '{"spec":{"template":{"spec":{"containers":[{"name":"c","resources":{"limits":{"memory":"7Mi"}}}]}}}}',
  '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}',
  '{"spec":{"selector":null}}',
  '{"spec":{"selector":{}}}',
  '{"spec":{"paused":true}}',
  '{"spec":{"suspend":true}}',
  '{"spec":{"minReadySeconds":99999}}',
  '{"spec":{"progressDeadlineSeconds":1}}',
  '{"spec":{"revisionHistoryLimit":0}}',
  '{"spec":{"template":null}}',
  '{"spec":null}',
  '{"status":{"replicas":9}}',
  '{}',
  '[]',
  'null',
  '"x"',
  '{',
  'spec: {replicas: 2}',
  '{"spec":{"unschedulable":true}}',
  '{"spec":{"taints":[{"key":"a","effect":"NoExecute"}]}}',
  '{"spec":{"type":"NodePort"}}',
  '{"spec":{"type":"ExternalName","externalName":"x.y"}}',
  '{"spec":{"clusterIP":"None"}}',
  '{"data":{"a":null}}',
  '{"data":{"a":1}}',
  '{"metadata":{"resourceVersion":"1"}}',
  '{"metadata":{"name":"other"}}',
  '{"metadata":{"__proto__":{"a":1}}}',
  '{"spec":{"parallelism":3,"completions":5}}',
  '{"spec":{"backoffLimit":0}}',
  '{"spec":{"activeDeadlineSeconds":1}}',
  '{"spec":{"schedule":"*/2 * * * *"}}',
  '{"spec":{"containers":[{"name":"c","image":"busybox:x"}]}}',
  '{"$patch":"delete"}',
  '{"spec":{"template":{"spec":{"containers":[{"$patch":"delete","name":"c"}]}}}}',
  '{"spec":{"ports":[{"port":80},{"port":80}]}}',
  '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":1}}}}',
  '{"spec":{"updateStrategy":{"type":"OnDelete"}}}',
  '{"spec":{"maxReplicas":1}}',
  '{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"}}',
]
const jsonPatches = [
  '[{"op":"replace","path":"/spec/replicas","value":1}]',
  '[{"op":"remove","path":"/spec"}]',
  '[{"op":"add","path":"/metadata/labels/x~1y","value":"z"}]',
  '[{"op":"test","path":"/kind","value":"x"}]',
  '[{"op":"move","from":"/spec","path":"/spec/a"}]',
  '[{"op":"copy","from":"/a","path":"/b"}]',
  '[{"op":"add","path":"/spec/template/spec/containers/-","value":{"name":"d","image":"busybox"}}]',
  '[{"op":"add","path":"","value":1}]',
  '[{}]',
  '[1]',
]
const sedScripts = [
  's/replicas: 2/replicas: 4/',
  's/nginx/busybox/',
  's/name: web/name: other/',
  '/spec:/d',
  's/: /:/',
  '1d',
  's/^kind:.*/kind: Pod/',
  's/80/99999/',
  '$d',
  's/  / \\t/',
  's/image:.*/image: {}/',
  'y/abc/xyz/',
  's/app: web/app: "1"/',
]

type Line = (c: Choose) => string

const reads: readonly Line[] = [
  c =>
    `get ${kind(c)} ${c.maybe(() => name(c))} ${namespace(c)} ${selector(c)} ${output(c)} ${c.maybe(() => c.word('--show-labels --sort-by=.metadata.name --sort-by=.x --field-selector=status.phase=Running --field-selector=x=y --no-headers -L=app --ignore-not-found --chunk-size=1 --show-managed-fields --server-print=false --raw=/api/v1/pods --subresource=status --subresource=scale'), 4)}`,
  c =>
    `get ${c.word('pods deploy events nodes svc')} -w ${output(c)} ${c.maybe(() => '--output-watch-events')} ${c.maybe(() => '--watch-only')}`,
  c =>
    `get --raw '${c.of('/', '/api', '/apis', '/healthz?verbose', '/metrics', '/version', '/api/v1/pods?limit=1', '/api/v1/namespaces/default/pods?watch=1&timeoutSeconds=1', '/api/v1/pods?labelSelector=(', '/openapi/v3', '/api/v1/pods?watch&resourceVersion=abc', '/apis/apps/v1/deployments?fieldSelector=x', '//', '/api/v1/namespaces/default/pods/web/log?tailLines=x', '/logs', '/api/v1/nodes/k8s-node1/proxy/stats/summary', '/api/v1/pods?continue=x', '/apis/metrics.k8s.io/v1beta1/pods')}'`,
  c => `describe ${kind(c)} ${c.maybe(() => name(c))} ${namespace(c)} ${selector(c)}`,
  c =>
    `explain ${c.word('pod pod.spec.containers deploy.spec.strategy svc.x crd toys nosuch . pod.. pods.spec.containers.resources --')} ${c.maybe(() => c.word('--recursive --output=plaintext-openapiv2 --api-version=v1'))}`,
  c =>
    `logs ${workload(c)} ${c.maybe(() => c.word('-f --tail=3 --tail=-2 --previous -p --since=5s --since=x --timestamps --all-containers -c=c -c=nosuch --prefix --limit-bytes=5 --since-time=x'))} ${selector(c)}`,
  c =>
    `events ${c.maybe(() => `--for ${workload(c)}`)} ${c.maybe(() => c.word('-w --types=Warning --types=x -A'))} ${output(c)}`,
  c =>
    `top ${c.word('node pod nodes x')} ${c.maybe(() => c.word('--containers --sort-by=cpu --sort-by=x -A --sum --use-protocol-buffers'))}`,
  c =>
    `api-resources ${c.maybe(() => c.word('--namespaced=false --api-group=apps --verbs=list,x -o=name -o=wide --sort-by=kind'))}`,
  c =>
    c.of(
      'api-versions',
      'version',
      'version -o json',
      'cluster-info',
      'cluster-info dump | wc -c',
      'config view',
      'config get-contexts',
      'options',
      '',
      'help',
      'help get',
      'nosuch',
      'get',
      '--help',
      'plugin list',
      'completion bash | head -3',
    ),
  c =>
    `auth can-i ${c.word('get create * list delete')} ${c.word('pods secrets nodes */* deploy/scale --list')} ${c.maybe(() => '--as=system:serviceaccount:default:default')}`,
  c => `diff -f ${file(c)}`,
  c =>
    `rollout ${c.word('status history status history status x')} ${workload(c)} ${c.maybe(() => c.word('--revision=1 --revision=99 --timeout=5s --watch=false --revision=-1'))}`,
  c =>
    `wait ${workload(c)} --for=${c.of('condition=Available', 'delete', 'jsonpath={.status.phase}=Running', 'condition=x=false', 'create', 'x', "jsonpath='{.a'")} --timeout=${duration(c)}`,
]

const writes: readonly Line[] = [
  c =>
    `create deployment ${name(c)} --image=${image(c)} --replicas=${number(c)} ${c.maybe(() => '--port=80')} ${dryRun(c)} ${output(c)} ${c.maybe(() => '-- sleep 5', 4)}`,
  c =>
    `create ${c.of('cm', 'configmap')} ${name(c)} ${c.some(3, () => c.of('--from-literal=a=b', '--from-literal=a', '--from-file=m.yaml', '--from-file=x=nosuch', '--from-env-file=m.yaml', '--from-literal=é=😀', '--append-hash')).join(' ')} ${dryRun(c)}`,
  c =>
    `create secret ${c.word('generic tls docker-registry x')} ${name(c)} ${c.maybe(() => '--from-literal=a=b')} ${c.maybe(() => '--docker-server=x --docker-username=u --docker-password=p')} ${dryRun(c)} ${output(c)}`,
  c =>
    `create ${c.of('ns', 'sa', 'job', 'cronjob', 'ingress', 'quota', 'pdb', 'role', 'clusterrole', 'rolebinding', 'priorityclass', 'service clusterip', 'service nodeport', 'token', 'service externalname', 'x')} ${name(c)} ${c.some(3, () => c.of('--image=busybox', '--schedule="* * * * *"', '--rule=a.b/*=web:80', '--hard=pods=3', '--min-available=1', '--selector=app=web', '--verb=get --resource=pods', '--role=x', '--tcp=80:http', '--tcp=5', '--value=3', '--user=u', '--from=cronjob/tick', '--node-port=30080', '--class=nginx')).join(' ')} ${dryRun(c)}`,
  c =>
    `run ${name(c)} --image=${image(c)} ${c.maybe(() => c.of('--restart=Never', '--restart=OnFailure', '--rm -it -- sh', '-it --rm --restart=Never -- echo hi', '--command -- sleep 9', '--env=A=b', '--labels=a=b', '--port=80 --expose', '-- sh -c "exit 3"', `--overrides='${c.of(...patches)}'`))} ${dryRun(c)}`,
  c =>
    `scale ${workload(c)} --replicas=${number(c)} ${c.maybe(() => c.word('--current-replicas=2 --timeout=1s --resource-version=1'), 4)}`,
  c => `autoscale ${workload(c)} --max=${number(c)} ${c.maybe(() => '--min=1 --cpu=50%')}`,
  c => `set image ${workload(c)} ${c.word('c *')}=${image(c)} ${dryRun(c)}`,
  c =>
    `set ${c.word('env resources sa selector subject x')} ${workload(c)} ${c.some(2, () => c.of('A=b', 'A-', '--list', '--limits=cpu=1', '--requests=memory=7Mi', '--from=cm/web', 'default', '--serviceaccount=default:x', '-c=c', 'x==y')).join(' ')} ${dryRun(c)}`,
  c =>
    `rollout ${c.word('restart undo pause resume restart undo')} ${workload(c)} ${c.maybe(() => c.word('--to-revision=1 --to-revision=99 --dry-run=client'), 4)}`,
  c =>
    `delete ${kind(c)} ${c.maybe(() => name(c))} ${selector(c)} ${c.maybe(() => c.word('--all --wait=false --force --now --grace-period=0 --grace-period=1 --cascade=orphan --cascade=foreground --ignore-not-found --dry-run=client --timeout=2s'))} ${namespace(c)}`,
  c => `delete pods ${c.word('--all -l=app=web')} --wait=false`,
  c =>
    `label ${workload(c)} ${c.of('a=b', 'app-', 'app=x --overwrite', 'a=b c=d', '--list', 'a==b', "'a=你'", 'kubernetes.io/x=y')} ${c.maybe(() => '--all', 4)}`,
  c =>
    `annotate ${workload(c)} ${c.of('a=b', 'a-', '\'a={"x":1}\'', '__proto__=1', '--all x=y', 'deployment.kubernetes.io/revision=99 --overwrite', 'kubectl.kubernetes.io/last-applied-configuration=x --overwrite', 'kubernetes.io/change-cause=😀')}`,
  c =>
    `patch ${workload(c)} ${c.word('--type=merge --type=strategic --type=json --type=merge --type=x')} -p '${c.of(...patches)}' ${c.maybe(() => c.word('--subresource=status --subresource=scale --dry-run=server'), 6)}`,
  c => `patch ${workload(c)} --type=json -p '${c.of(...jsonPatches)}'`,
  c =>
    `taint nodes ${node(c)} ${c.of('a=b:NoSchedule', 'a:NoExecute', 'a-', 'a=b:X', 'node.kubernetes.io/x:PreferNoSchedule', 'a:NoSchedule-')} ${c.maybe(() => '--overwrite')}`,
  c =>
    `${c.word('cordon uncordon drain')} ${node(c)} ${c.maybe(() => '--ignore-daemonsets --delete-emptydir-data --force --timeout=20s')}`,
  c =>
    `expose ${workload(c)} --port=${number(c)} ${c.maybe(() => c.word('--type=NodePort --type=LoadBalancer --type=X --name=e --target-port=http --cluster-ip=None --protocol=UDP'))}`,
  c =>
    `exec ${c.maybe(() => '-it')} ${workload(c)} ${c.maybe(() => '-c c', 4)} -- ${c.of('sh -c "exit 2"', 'ls -la /', 'ps', 'cat /etc/hosts', 'env', 'nosuch', 'sh -c "while :; do :; done"', 'kill 1', 'sh -c "kill -9 1"', 'wget -qO- localhost', 'sh', 'rm -rf /', 'sh -c "cat /dev/zero | head -c 100 | wc -c"', 'df', 'id', 'nslookup web', 'top', 'sh -c "seq 100000 > f; cat f f > g; wc g"', 'hostname')}`,
  c =>
    `cp ${c.of('m.yaml web:/tmp/x', 'web:/etc/hosts h', 'nosuch:/x y', 'a:/ d', 'm.yaml a:/nosuch/x', 'x:y:z w')}`,
  c => `port-forward ${workload(c)} ${c.word('8080:80 :80 80 x 8080:http 0:0 99999:80')}`,
  c => `attach ${workload(c)}`,
  c =>
    `debug ${workload(c)} ${c.of('--image=busybox', '-it --image=busybox -- sh', '--copy-to=x --image=busybox', '--profile=general --image=busybox', 'node/k8s-node1 --image=busybox')}`,
  c => `apply view-last-applied ${workload(c)}`,
  c => `certificate approve ${name(c)}`,
  c => `proxy --port=${number(c)}`,
  () => `replace --raw /api/v1/namespaces/default -f m.yaml`,
]

const file = (c: Choose): string => c.word('m.yaml n.yaml m.yaml m.yaml . - nosuch.yaml base.yaml')
const image = (c: Choose): string =>
  c.word(
    'nginx busybox leigg/hellok8s:v1 leigg/hellok8s:v2 nosuch:v9 redis mysql:8 A:b :x a/b/c/d nginx:1.27',
  )

const files: Line = c =>
  `kubectl ${c.word('apply apply apply create replace delete diff')} -f ${file(c)} ${c.maybe(
    () =>
      c.word(
        '--server-side --force-conflicts --dry-run=server --dry-run=client --prune --validate=false --validate=warn --wait=false --force --recursive -o=yaml -o=name --overwrite=false --field-manager=x',
      ),
    3,
  )}`

const edits: Line = c =>
  `KUBE_EDITOR="sed -i '${c.of(...sedScripts)}'" kubectl edit ${workload(c)} ${c.maybe(() => c.word('--save-config --subresource=status -o=json'), 6)}`

const docker: Line = c =>
  `docker ${c.of<Line>(
    c =>
      `run ${c.some(3, () => c.word('-d --rm -it --name=web -p=8080:80 -v=/tmp:/x -e=A=b --network=host --restart=always -m=7m --cpus=0.5 --read-only -u=1000 --entrypoint=sh')).join(' ')} ${image(c)} ${c.maybe(() => c.of('sh', 'echo hi', 'sleep 100', 'sh -c "exit 3"', 'nosuch', 'yes'))}`,
    c =>
      `${c.word('ps images info version network volume system stats inspect logs top port history events diff')} ${c.maybe(() => c.word('-a web ls df --no-trunc -q prune -f'))} ${c.maybe(() => `--format '${c.of(...templates, '{{json .}}', 'table {{.ID}}\\t{{.Names}}')}'`, 4)}`,
    c =>
      `${c.word('stop start restart kill rm pause unpause rename wait commit export')} ${c.word('web nosuch -f')} ${c.maybe(() => c.word('web x -t=0 -s=HUP'))}`,
    c =>
      `${c.word('pull push tag rmi save load search login build')} ${image(c)} ${c.maybe(() => c.word('x:y . -t=a -o=f -f=m.yaml --no-cache'))}`,
    c => `exec ${c.maybe(() => '-it')} web ${c.of('sh', 'ls', 'nosuch', 'kill 1', 'sh -c "exit 4"')}`,
    c =>
      `${c.word('network volume')} ${c.word('create rm inspect ls connect disconnect prune')} ${c.word('a b web')} ${c.maybe(() => c.word('web -f'))}`,
  )(c)}`

const filters = [
  'jq .',
  "jq -r '.items[].metadata.name'",
  "jq '.items | map(.kind) | group_by(.) | length'",
  "jq '[.. | numbers] | add'",
  "awk '{print $1}'",
  "awk 'NR>1{a[$3]++} END{for(k in a) print k, a[k]}'",
  'grep -c web',
  'grep -E "^(a|w)+"',
  "sed 's/web/x/g'",
  'sort -k2 | uniq -c',
  'head -3',
  'tail -n +2',
  'wc',
  'cut -c1-5',
  'tr a-z A-Z',
  'xargs -n1 echo',
  'tee t | cat',
  'base64 | base64 -d',
  'cat -A',
  'while read a b; do echo $b; done',
  'column -t',
  'rev',
  'tac',
  'paste -s',
  'sha256sum',
  'yaml',
  'sort -n',
  'nl',
  'od -c',
  'grep -v "["',
  "awk '{",
  'jq "."[',
]
const shell: readonly Line[] = [
  c => `kubectl ${c.of(...reads)(c)} | ${c.of(...filters)} ${c.maybe(() => `| ${c.of(...filters)}`)}`,
  c => `for i in ${c.of('1 2 3', '{1..4}', '$(seq 3)', '')}; do ${kubectl(c)}; done`,
  c => `x=$(kubectl ${c.of(...reads)(c)}); echo \${#x} \${x:0:${number(c)}} "\${x%%${c.of('a*', '*', ' ')}}"`,
  c =>
    `while ${c.of(':', 'sleep 1', 'false', 'kubectl get pods')}; do ${c.of('echo a', ':', 'sleep 0.5', 'break', 'x=x$x')}; done`,
  c =>
    `f() { ${c.of('f', 'echo $(f)', 'echo $1; return 3', 'local x=$1; f $((x-1))', 'f | f', 'f & f &')}; }; f 5`,
  c =>
    `${kubectl(c)} ${c.of('&', '&& echo ok', '|| echo no', '> t', '2>&1 | head', '2>/dev/null', '; echo $?', '&> t &')}`,
  c =>
    `echo ${c.of('$((', '"${x', '$(', "'", '`', '"', '{1..9}{1..9}', '$((1/0))', '${x:?}', '~', '*', '\\', '!!', '<(echo', '$((2**63))', '${!x}', '${x//a/b}')}`,
  c =>
    c.of(
      'ls -laR',
      'cat m.yaml',
      'cat',
      'yes',
      'yes | head -5',
      'sleep 100',
      'find . -name "*.yaml" -exec wc {} +',
      'rm -rf *',
      'cat /dev/zero | head -c 9',
      'history | tail',
      'set -e',
      'set -u; echo $nosuch',
      'exit',
      'bash -c "exit 3"',
      'exec bash',
      'trap "echo t" INT',
      'jobs; fg',
      'kill %1',
      'cd /tmp; pwd; cd -',
      'ps aux',
      'date; date -d tomorrow',
      'curl -s -m 2 web',
      'curl -sk https://10.0.2.2:6443/api',
      'ssh k8s-node1',
      'ssh k8s-node1 crictl ps',
      'man kubectl',
      'sudo ls',
      'vi m.yaml',
      'while cat m.yaml m.yaml > t; do mv t m.yaml; done',
      'echo "a: b" > m.yaml',
      'unset PATH',
      'alias k=ls',
      'seq 100000 | sort -r | head -1',
      'seq 10000 > s; grep -E "(9+)+$" s | wc -l',
      'source m.yaml',
      'x=(1 2 3); echo ${x[@]:1}',
      'printf "%5s|%-5d|%x\\n" a 3 255',
      'read x y',
      'time sleep 1',
      'wait',
      ':(){ :|:& };:',
      '[[ a =~ (a+)+$ ]] && echo y',
      'case $x in *) echo c;; esac',
      'select',
    ),
  c =>
    c
      .some(10, () =>
        c.word(
          'echo a $x " \' ` $( ) { } | || && ; & > < << <<< EOF if then fi for in do done while case esac ;; [[ ]] ${x (( )) ! * ? # 你 😀 kubectl get pods -o yaml =',
        ),
      )
      .join(c.of(' ', ' ', '')),
  c =>
    `cat <<EOF ${c.of('| kubectl apply -f -', '> m.yaml', '', '| cat; echo x')}\n${c.of('a: b', '$(echo x)', '{"kind": "List", "apiVersion": "v1", "items": []}', '`', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: $USER}')}\n${c.of('EOF', 'EOF', 'EO')}`,
  c =>
    `ssh ${node(c)} "${c.of('crictl ps', 'ls /etc/kubernetes/manifests', 'systemctl stop kubelet', 'systemctl start kubelet', 'journalctl -u kubelet | tail -3', 'mv /etc/kubernetes/manifests/kube-scheduler.yaml /tmp', 'rm /etc/kubernetes/manifests/kube-controller-manager.yaml', 'ps aux | wc -l', 'iptables-save | wc -l', 'ipvsadm -Ln', 'df -h', 'systemctl status x', 'ctr -n k8s.io images ls', 'cat /proc/meminfo')}"`,
]

function kubectl(c: Choose): string {
  return `kubectl ${c.of(...(c.oneIn(2) ? reads : writes))(c)}`
}

/** One typed line (or a few, for a here-document). */
export function command(c: Choose): string {
  const at = c.below(20)
  const line =
    at < 10 ? kubectl(c) : at < 12 ? files(c) : at < 14 ? edits(c) : at < 17 ? c.of(...shell)(c) : docker(c)
  return c.oneIn(25) ? damaged(c, line, odd) : c.oneIn(25) ? inherited(c, line) : line
}
