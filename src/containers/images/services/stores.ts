// Queues, searches and databases that keep nothing here.
import { json, page, type Service, site } from './service-data.ts'

export const stores: Readonly<Record<string, Service>> = {
  rabbitmq: {
    ports: [5672, 15672, 25672, 4369],
    log: [
      '{d} [info] <0.9.0>  Starting RabbitMQ {v} on Erlang 26.2.5',
      '{d} [info] <0.506.0> started TCP listener on [::]:5672',
      '{d} [info] <0.9.0> Server startup complete; 4 plugins started.',
    ],
    data: { path: '/var/lib/rabbitmq/mnesia/cluster_nodes.config', text: '' },
    http: {
      '/api/overview': json({ rabbitmq_version: 'current' }),
      '*': [200, page('RabbitMQ Management', ''), 'text/html'],
    },
    bootMs: 4000,
    version: '4.1.0',
  },
  nats: {
    ports: [4222, 6222, 8222],
    log: [
      '[1] {d} [INF] Starting nats-server',
      '[1] {d} [INF]   Version:  {v}',
      '[1] {d} [INF] Listening for client connections on 0.0.0.0:4222',
      '[1] {d} [INF] Server is ready',
    ],
    http: { '/healthz': json({ status: 'ok' }), '*': json({ server_name: 'nats' }) },
    version: '2.11.0',
    bare: true,
  },
  'nats-streaming': { ports: [4222, 8222] },
  'eclipse-mosquitto': {
    ports: [1883],
    log: ['{d}: mosquitto version {v} starting', '{d}: Opening ipv4 listen socket on port 1883.'],
  },
  activemq: { ports: [61616, 8161], http: site('ActiveMQ'), bootMs: 3000 },
  zookeeper: {
    ports: [2181, 2888, 3888, 8080],
    log: [
      '{d},000 [myid:] - INFO  [main:o.a.z.s.ZooKeeperServer] - Server environment:zookeeper.version={v}',
      '{d},000 [myid:] - INFO  [main:o.a.z.s.NIOServerCnxnFactory] - binding to port 0.0.0.0/0.0.0.0:2181',
    ],
    http: { '*': json({ command: 'ruok', error: null }) },
    exit: 143,
    bootMs: 1500,
    version: '3.9.3',
  },
  kafka: {
    ports: [9092, 9093],
    log: [
      '[{d},000] INFO Registered kafka:type=kafka.Log4jController MBean (kafka.utils.Log4jControllerRegistration$)',
      '[{d},000] INFO [KafkaRaftServer nodeId=1] Kafka Server started (kafka.server.KafkaRaftServer)',
    ],
    exit: 143,
    bootMs: 4000,
    version: '4.0.0',
  },
  pulsar: { ports: [6650, 8080], bootMs: 6000 },
  elasticsearch: {
    ports: [9200, 9300],
    log: [
      '{"@timestamp":"{t}", "log.level": "INFO", "message":"version[{v}]"}',
      '{"@timestamp":"{t}", "log.level": "INFO", "message":"started {{p}}"}',
    ],
    http: {
      '/_cluster/health': json({ cluster_name: 'docker-cluster', status: 'green', number_of_nodes: 1 }),
      '*': json({ name: 'elasticsearch', cluster_name: 'docker-cluster', tagline: 'You Know, for Search' }),
    },
    data: { path: '/usr/share/elasticsearch/data/node.lock', text: '' },
    exit: 143,
    bootMs: 8000,
    version: '8.17.0',
  },
  kibana: {
    ports: [5601],
    log: ['[{t}][INFO ][http.server.Kibana] http server running at http://0.0.0.0:5601'],
    http: {
      '/api/status': json({ status: { overall: { level: 'available' } } }),
      '*': [302, '', 'text/html'],
    },
    bootMs: 8000,
  },
  logstash: {
    ports: [5044, 9600],
    log: ['[{t}][INFO ][logstash.agent] Successfully started Logstash API endpoint {:port=>9600}'],
    http: { '*': json({ status: 'green' }) },
    bootMs: 8000,
  },
  filebeat: {
    ports: [],
    log: ['{"log.level":"info","@timestamp":"{t}","message":"filebeat start running."}'],
  },
  metricbeat: {
    ports: [],
    log: ['{"log.level":"info","@timestamp":"{t}","message":"metricbeat start running."}'],
  },
  opensearch: {
    ports: [9200, 9600],
    http: { '*': json({ version: { distribution: 'opensearch' } }) },
    bootMs: 8000,
    exit: 143,
  },
  cassandra: {
    ports: [7000, 9042],
    log: [
      'INFO  [main] {d},000 CassandraDaemon.java - Cassandra version: {v}',
      'INFO  [main] {d},000 StorageService.java - Node localhost/127.0.0.1:7000 state jump to NORMAL',
      'INFO  [main] {d},000 CassandraDaemon.java - Startup complete',
    ],
    data: { path: '/var/lib/cassandra/data/system/README', text: '' },
    exit: 143,
    bootMs: 12_000,
    version: '5.0.2',
  },
  couchdb: {
    ports: [5984],
    http: { '/_up': json({ status: 'ok' }), '*': json({ couchdb: 'Welcome' }) },
    needs: {
      variables: ['COUCHDB_PASSWORD'],
      message:
        '*************************************************************\nERROR: CouchDB 3.0+ will no longer run in "Admin Party"\n       mode. You *MUST* specify an admin user and\n       password, either via your own .ini file mapped\n       into the container at /opt/couchdb/etc/local.ini\n       or inside /opt/couchdb/etc/local.d, or with\n       "-e COUCHDB_USER=admin -e COUCHDB_PASSWORD=password"\n       to set it via "docker run".\n*************************************************************',
    },
  },
  influxdb: {
    ports: [8086],
    log: [
      'ts={t} lvl=info msg="Welcome to InfluxDB" version={v}',
      'ts={t} lvl=info msg=Listening service=tcp-listener transport=http addr=:8086 port=8086',
    ],
    http: {
      '/ping': [204, ''],
      '/health': json({ name: 'influxdb', status: 'pass' }),
      '*': [200, page('InfluxDB', ''), 'text/html'],
    },
    data: { path: '/var/lib/influxdb2/influxd.bolt', text: '' },
    version: '2.7.11',
  },
  neo4j: {
    ports: [7474, 7687],
    log: ['{d}.000+0000 INFO  Starting...', '{d}.000+0000 INFO  Started.'],
    http: { '*': json({ neo4j_version: 'current' }) },
    bootMs: 6000,
  },
  cockroach: { ports: [26257, 8080], log: ['CockroachDB node starting at {t}'], http: { '*': 'ok\n' } },
  'clickhouse-server': { ports: [8123, 9000], http: { '*': 'Ok.\n' } },
  arangodb: {
    ports: [8529],
    needs: {
      variables: ['ARANGO_ROOT_PASSWORD', 'ARANGO_NO_AUTH', 'ARANGO_RANDOM_ROOT_PASSWORD'],
      message:
        'error: database is uninitialized and password option is not specified \n  You need to specify one of ARANGO_ROOT_PASSWORD, ARANGO_ROOT_PASSWORD_FILE, ARANGO_NO_AUTH and ARANGO_RANDOM_ROOT_PASSWORD',
    },
    http: { '*': json({ server: 'arango' }) },
  },
  rethinkdb: { ports: [28015, 8080], http: site('RethinkDB') },
  couchbase: { ports: [8091, 11210], http: site('Couchbase') },
  solr: { ports: [8983], http: site('Solr'), bootMs: 3000 },
  scylla: { ports: [9042], bootMs: 8000 },
  crate: { ports: [4200, 5432], http: { '*': json({ ok: true }) } },
  server: {
    ports: [1433],
    needs: {
      variables: ['ACCEPT_EULA'],
      message:
        'The SQL Server End-User License Agreement (EULA) must be accepted before SQL Server\ncan start. The license terms for this product can be downloaded from\nhttp://go.microsoft.com/fwlink/?LinkId=746388.',
    },
    bootMs: 6000,
  },
}
