// Collectors of logs and figures, and what teams run beside their programs.
import { json, page, type Service, site } from './service-data.ts'

export const operations: Readonly<Record<string, Service>> = {
  fluentd: {
    ports: [24224],
    log: [
      '{d} +0000 [info]: starting fluentd-{v} pid=7 ruby="3.2.6"',
      '{d} +0000 [info]: #0 fluentd worker is now running worker=0',
    ],
    version: '1.18.0',
  },
  'fluent-bit': {
    ports: [2020],
    log: [
      'Fluent Bit v{v}',
      '[{d}] [ info] [fluent bit] version={v}',
      '[{d}] [ info] [sp] stream processor started',
    ],
    http: { '*': json({ 'fluent-bit': { edition: 'Community' } }) },
    version: '4.0.0',
    bare: true,
  },
  'log-agent': { ports: [2020] },
  'redis-exporter': { ports: [9121] },
  redis_exporter: {
    ports: [9121],
    log: ['time="{t}" level=info msg="Providing metrics at :9121/metrics"'],
    http: { '/metrics': 'redis_up 1\n', '*': 'Redis Exporter\n' },
  },
  telegraf: { ports: [8125], log: ['{t} I! Starting Telegraf {v}'] },
  vector: { ports: [], log: ['{t}  INFO vector::app: Log level is enabled. level="info"'] },
  prometheus: {
    ports: [9090],
    log: [
      'time={t} level=INFO msg="Starting Prometheus Server" version="(version={v}, branch=HEAD)"',
      'time={t} level=INFO msg="Server is ready to receive web requests."',
    ],
    http: {
      '/-/healthy': 'Prometheus Server is Healthy.\n',
      '/-/ready': 'Prometheus Server is Ready.\n',
      '/metrics': 'prometheus_ready 1\n',
      '*': [302, '<a href="/query">Found</a>.\n', 'text/html'],
    },
    version: '3.5.0',
  },
  alertmanager: {
    ports: [9093, 9094],
    http: { '/-/healthy': 'OK', '/-/ready': 'OK', '*': [200, page('Alertmanager', ''), 'text/html'] },
  },
  'node-exporter': {
    ports: [9100],
    log: [
      'time={t} level=INFO msg="Starting node_exporter" version="(version={v})"',
      'time={t} level=INFO msg="Listening on" address=[::]:9100',
    ],
    http: { '/metrics': 'node_load1 0.1\n', '*': 'Node Exporter\n' },
  },
  pushgateway: { ports: [9091], http: { '/-/ready': 'OK', '*': 'Pushgateway\n' } },
  grafana: {
    ports: [3000],
    log: [
      'logger=settings t={t} level=info msg="Starting Grafana" version={v}',
      'logger=http.server t={t} level=info msg="HTTP Server Listen" address=[::]:3000 protocol=http',
    ],
    http: {
      '/api/health': json({ database: 'ok' }),
      '*': [302, '<a href="/login">Found</a>.\n', 'text/html'],
    },
    bootMs: 2000,
    version: '12.0.0',
  },
  loki: { ports: [3100], http: { '/ready': 'ready\n', '*': [404, '404 page not found\n'] } },
  promtail: { ports: [9080], http: { '*': 'Ready\n' } },
  tempo: { ports: [3200, 4317], http: { '/ready': 'ready\n', '*': [404, '404 page not found\n'] } },
  'all-in-one': { ports: [16686, 14250, 4317, 4318], http: site('Jaeger UI') },
  zipkin: { ports: [9411], http: { '/health': json({ status: 'UP' }), '*': [302, ''] }, bootMs: 3000 },
  'opentelemetry-collector': {
    ports: [4317, 4318, 13133],
    http: { '*': json({ status: 'Server available' }) },
  },
  consul: {
    ports: [8500, 8600, 8301],
    log: [
      '==> Starting Consul agent...',
      "               Version: '{v}'",
      '==> Log data will now stream in as it occurs:',
    ],
    http: { '/v1/status/leader': '"127.0.0.1:8300"', '*': site('Consul')['*'] },
    version: '1.21.0',
  },
  vault: {
    ports: [8200],
    log: [
      '==> Vault server configuration:',
      '             Version: Vault v{v}',
      '==> Vault server started! Log data will stream in below:',
    ],
    http: { '/v1/sys/health': json({ initialized: true, sealed: false }), '*': [307, ''] },
    version: '1.20.0',
  },
  nomad: { ports: [4646], http: site('Nomad') },
  jenkins: {
    ports: [8080, 50000],
    log: [
      'Running from: /usr/share/jenkins/jenkins.war',
      '*************************************************************',
      'Jenkins initial setup is required. An admin user has been created and a password generated.',
      '*************************************************************',
      '{d}.000+0000 [id=24]\tINFO\thudson.lifecycle.Lifecycle#onReady: Jenkins is fully up and running',
    ],
    http: {
      '/login': site('Jenkins')['*'],
      '*': [403, '<html><head></head><body>Authentication required</body></html>', 'text/html'],
    },
    data: {
      path: '/var/jenkins_home/secrets/initialAdminPassword',
      text: '5f0d2c1e9b8a4763a1d0c2b3e4f56789\n',
    },
    bootMs: 9000,
    exit: 143,
  },
  registry: {
    ports: [5000],
    log: ['time="{t}" level=info msg="listening on [::]:5000" version={v}'],
    http: { '/v2/_catalog': json({ repositories: [] }), '/v2/': json({}), '*': [200, ''] },
    version: '2.8.3',
  },
  minio: {
    ports: [9000, 9001],
    log: ['MinIO Object Storage Server', 'API: http://0.0.0.0:9000', 'WebUI: http://0.0.0.0:9001'],
    http: {
      '/minio/health/live': [200, ''],
      '/minio/health/ready': [200, ''],
      '*': [403, '<Error><Code>AccessDenied</Code></Error>', 'application/xml'],
    },
  },
  sonarqube: { ports: [9000], http: site('SonarQube'), bootMs: 15_000, exit: 143 },
  gitea: { ports: [3000, 22], http: site('Gitea') },
  keycloak: {
    ports: [8080, 9000],
    log: [
      '{d},000 INFO  [io.quarkus] (main) Keycloak {v} on JVM started in 5.12s. Listening on: http://0.0.0.0:8080',
    ],
    http: { '/health/ready': json({ status: 'UP' }), '*': site('Keycloak')['*'] },
    bootMs: 6000,
    version: '26.0',
  },
  portainer: { ports: [8000, 9000, 9443], http: site('Portainer'), bare: true },
  'portainer-ce': { ports: [8000, 9000, 9443], http: site('Portainer'), bare: true },
  nexus3: { ports: [8081], http: site('Nexus Repository'), bootMs: 20_000 },
  'gitlab-ce': { ports: [80, 22], http: site('GitLab'), bootMs: 30_000 },
  verdaccio: { ports: [4873], http: site('Verdaccio') },
}
