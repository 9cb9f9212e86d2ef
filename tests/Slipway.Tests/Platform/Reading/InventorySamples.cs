using FsCheck;
using FsCheck.Fluent;
using Slipway.Documents;

namespace Slipway.Tests.Platform.Reading;

/// <summary>Inventories for tests: one that uses every field, and any number of random ones.</summary>
internal static class InventorySamples
{
    public const string EveryField =
        """
        tiers:
          - name: edge
            serviceAccount: edge-account
            defaults:
              replicas: 4
              resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { cpu: "1", memory: 64Mi } }
              probes: { readiness: { path: /ready, initialDelay: 1 }, liveness: false, startup: { type: tcp } }
              writablePaths: [/cache]
              metrics: { path: /m, port: admin }
              terminationGracePeriodSeconds: 7
              runAsUser: 101
              fsGroup: 102
        serviceAccounts:
          - { name: edge-account, tier: edge, irsaRole: edge_role }
          - { name: external-secrets-sa, irsaRole: false }
        configMaps:
          shared:
            PLAIN: no
            EMPTY: ""
            LINES: "a\nb"
            FACT: { fact: database.endpoint }
            ADDRESS: { service: api, port: grpc, format: "{host}:{port}" }
            VALUE: { value: 0o7 }
          empty: {}
        secrets:
          database: { remote: { fact: database.secret_name }, keys: { HOST: host, URL: { template: "x://{{ .host }}" }, SAME: } }
          broker: { remote: shared/broker, keys: [URL], fromTerraform: true }
          token: { keys: { TOKEN: { property: value } } }
        roles:
          - name: reader
            rules: [{ resources: [pods], verbs: [get], resourceNames: [one] }, { apiGroups: [apps], resources: [deployments], verbs: [list] }]
            bindings: [{ name: reader-edge, serviceAccounts: [edge-account] }]
        services:
          - name: api
            tier: edge
            ports:
              - { name: http, port: 8080, servicePort: 80 }
              - { name: grpc, port: 9000, protocol: grpc }
              - { name: admin, port: 9001 }
              - { name: dns, port: 53, protocol: udp }
            image: { name: acme/api, repository: registry.example.com:5000/acme/api, tag: "1.10", digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef }
            replicas: 5
            resources: { limits: { memory: 128Mi } }
            serviceAccount: own-sa
            command: [/bin/api]
            args: [--port, "8080"]
            env:
              fromConfigMaps: { shared: [PLAIN, FACT], empty: "*" }
              fromSecrets: { database: { DB_HOST: HOST }, broker: true }
              literals:
                TEXT: "yes"
                REGION: { fact: project.region }
                PEER: { service: worker-api }
                POD: { field: metadata.name }
                LATE: { configMap: shared, key: EMPTY }
                HIDDEN: { secret: token, key: TOKEN }
            probes:
              readiness: { type: grpc, port: grpc, timeout: 3, failureThreshold: 5 }
              liveness: { command: [/bin/check, now], period: 60 }
              startup: false
            writablePaths: [/tmp, /var/run]
            volumes:
              - { name: scratch, mountPath: /scratch, emptyDir: { sizeLimit: 1Gi } }
              - { name: plain, mountPath: /plain, emptyDir: {} }
              - { name: settings, mountPath: /etc/settings, configMap: shared }
              - { name: keys, mountPath: /etc/keys, secret: token, readOnly: true }
              - { name: data, mountPath: /data, claim: { size: 10Gi, storageClass: gp3, accessMode: ReadWriteMany } }
            autoscale: { min: 5, max: 9, cpu: 70, memory: 80 }
            disruptionBudget: { maxUnavailable: 25% }
            ingress: [/api, { path: /admin, port: admin }]
            egress: { services: [worker-api], database: false, cache: true, aws: true, external: [{ cidr: 203.0.113.0/24, ports: [443, 8443] }] }
            storage: { s3: read }
            metrics: true
            annotations: { example.com/owner: team-a, plain: "1" }
            terminationGracePeriodSeconds: 45
            runAsUser: 2000
            fsGroup: 3000
          - { name: worker-api, tier: backend, port: 5000, protocol: tcp, servicePort: 50, image: nginx:1.27.3 }
          - { name: queue, tier: processing, kind: worker, image: docker.io/acme/queue:2, writablePaths: false, disruptionBudget: false }
          - { name: migrate, tier: backend, kind: job, image: { tag: "3" }, volumes: [{ name: t, mountPath: /tmp, emptyDir: {} }] }
          - { name: nightly, tier: backend, kind: cronjob, schedule: "0 3 * * mon-fri", image: { tag: "3" } }
        """;

    /// <summary>Random inventories that are right.</summary>
    public static Arbitrary<string> Documents() => Gen.Choose(0, int.MaxValue).Select(seed => new RandomInventory(seed).Write()).ToArbitrary();

    private sealed class RandomInventory(int seed)
    {
        private static readonly string[] Tiers = ["frontend", "gateway", "backend", "processing", "infrastructure", "own"];
        private static readonly string[] Texts = ["no", "1e3", "", " padded ", "a: b # c", "{{ x }}", "line\nline", "'\"", "0o7", "2026-01-02", "~", "ü€😀"];
        private readonly Random _random = new(seed);

        public string Write()
        {
            var services = new SequenceNode();
            var count = _random.Next(1, 5);
            for (var at = 0; at < count; at++) services.Add(Service(at));
            var root = new MappingNode()
                .Add("tiers", new SequenceNode([new MappingNode().Add("name", "own").Add("defaults", Defaults())]))
                .Add("configMaps", new MappingNode().Add("settings", Entries(0)).Add("more", Entries(1)))
                .Add("secrets", new MappingNode().Add("credentials", new MappingNode().Add("keys", Words("K0", "K1"))))
                .Add("services", services);
            return DocumentWriter.Write(root);
        }

        private static SequenceNode Words(params string[] words) => new(words.Select(word => ScalarNode.Of(word)));

        private MappingNode Defaults()
        {
            var defaults = new MappingNode();
            if (Maybe()) defaults.Add("replicas", ScalarNode.Of(_random.Next(0, 9)));
            if (Maybe()) defaults.Add("runAsUser", ScalarNode.Of(_random.Next(1, 9999)));
            if (Maybe()) defaults.Add("writablePaths", Words("/own"));
            if (Maybe()) defaults.Add("metrics", ScalarNode.Of(true));
            if (Maybe()) defaults.Add("probes", new MappingNode().Add("liveness", ScalarNode.Of(false)));
            return defaults;
        }

        private MappingNode Entries(int from)
        {
            var entries = new MappingNode();
            for (var at = from; at < 3; at++)
                entries.Add($"K{at}", _random.Next(4) == 0 ? new MappingNode().Add("service", "s0").Add("format", "{host}/" + at) : ScalarNode.Of(Text()));
            return entries;
        }

        private MappingNode Service(int at)
        {
            var service = new MappingNode().Add("name", $"s{at}").Add("tier", Tiers[_random.Next(Tiers.Length)]);
            service.Add("image", new MappingNode().Add("tag", $"{_random.Next(9)}.{_random.Next(99)}"));
            var kind = at == 0 ? 0 : _random.Next(4);
            if (kind == 0) service.Add("ports", Ports());
            if (kind == 1) service.Add("kind", "worker");
            if (kind == 2) service.Add("kind", "job");
            if (kind == 3) service.Add("kind", "cronjob").Add("schedule", "*/5 * * * *");
            if (kind < 2 && Maybe()) service.Add("replicas", ScalarNode.Of(_random.Next(2, 5)));
            if (kind < 2 && Maybe()) service.Add("disruptionBudget", new MappingNode().Add("maxUnavailable", ScalarNode.Of(1)));
            if (kind < 2 && Maybe()) service.Add("autoscale", new MappingNode().Add("min", ScalarNode.Of(2)).Add("max", ScalarNode.Of(5)).Add("cpu", ScalarNode.Of(_random.Next(1, 101))));
            if (kind < 2 && Maybe()) service.Add("probes", new MappingNode().Add("readiness", new MappingNode().Add("command", Words(Text()))));
            if (kind == 0 && Maybe()) service.Add("ingress", Words($"/{at}"));
            if (Maybe()) service.Add("env", Environment());
            if (Maybe()) service.Add("args", Words(Text(), Text()));
            if (Maybe()) service.Add("writablePaths", Maybe() ? ScalarNode.Of(false) : Words("/run", "/tmp"));
            if (Maybe()) service.Add("egress", new MappingNode().Add("services", Words("s0")).Add("cache", ScalarNode.Of(Maybe())));
            if (Maybe()) service.Add("storage", new MappingNode().Add("s3", Maybe() ? "read" : "readwrite"));
            if (Maybe()) service.Add("annotations", new MappingNode().Add("a/b", Text()));
            return service;
        }

        private SequenceNode Ports()
        {
            var ports = new SequenceNode();
            string[] protocols = ["http", "grpc", "tcp", "udp"];
            var count = _random.Next(1, 4);
            for (var at = 0; at < count; at++)
            {
                var port = new MappingNode().Add("name", $"p{at}").Add("port", ScalarNode.Of(1000 + at));
                if (Maybe()) port.Add("servicePort", ScalarNode.Of(80 + at));

                // The first port is one that an ingress may lead to.
                ports.Add(port.Add("protocol", protocols[_random.Next(at == 0 ? 2 : protocols.Length)]));
            }

            return ports;
        }

        private MappingNode Environment()
        {
            var env = new MappingNode();
            if (Maybe()) env.Add("fromConfigMaps", new MappingNode().Add("more", Words("K2", "K1")).Add("settings", Maybe() ? ScalarNode.Of("*") : new MappingNode().Add("OTHER", "K0")));
            if (Maybe()) env.Add("fromSecrets", new MappingNode().Add("credentials", Words("K0")));
            return env.Add(
                "literals",
                new MappingNode().Add("TEXT", Text()).Add("PEER", new MappingNode().Add("service", "s0")).Add("LATE", new MappingNode().Add("configMap", "more").Add("key", "K1")));
        }

        private string Text() => Texts[_random.Next(Texts.Length)];

        private bool Maybe() => _random.Next(2) == 0;
    }
}
