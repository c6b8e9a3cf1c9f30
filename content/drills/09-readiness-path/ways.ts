import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /0\/1 +Running/],
    ['kubectl get events', /Readiness probe failed: HTTP probe failed with statuscode: 404/],
    ['kubectl rollout status deployment/web --timeout=5s', /1 out of 3 new replicas/],
  ],
  right: {
    'the right path in the manifest': ["sed -i 's#/ready#/#' web-new.yaml", 'kubectl apply -f web-new.yaml'],
    'back first, then the image alone': [
      'kubectl rollout undo deployment/web',
      'kubectl set image deployment/web web=nginx:1.27',
    ],
    'the path looked for from the visitor first': [
      'kubectl exec visitor -- curl -s -m 2 http://web/ready',
      'kubectl exec visitor -- curl -s -m 2 http://web:8080',
      "sed -i 's#/ready#/index.html#' web-new.yaml",
      'kubectl apply -f web-new.yaml',
    ],
    'the application is given what is looked for': [
      'kubectl create configmap ready --from-literal=ready=ok',
      `kubectl patch deployment web -p '{"spec":{"template":{"spec":{"volumes":[{"name":"ready","configMap":{"name":"ready"}}],"containers":[{"name":"web","volumeMounts":[{"name":"ready","mountPath":"/usr/share/nginx/html/ready","subPath":"ready"}]}]}}}}'`,
    ],
  },
  wrong: {
    'back to the old version only': ['kubectl rollout undo deployment/web'],
    'the probe is taken away': [
      `kubectl patch deployment web --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'`,
    ],
    'all pods deleted, the good ones too': ['kubectl delete pods -l app=web'],
    'the file put into running containers: the next ones lack it': [
      "for i in 1 2 3 4 5 6; do for p in $(kubectl get pods -l app=web -o name); do kubectl exec $p -- sh -c 'echo ok > /usr/share/nginx/html/ready'; done; sleep 10; done",
    ],
    'a probe that only knocks': [
      `kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe","value":{"tcpSocket":{"port":80}}}]'`,
    ],
    'replaced by force': ["sed -i 's#/ready#/#' web-new.yaml", 'kubectl replace --force -f web-new.yaml'],
  },
} satisfies DrillWays
