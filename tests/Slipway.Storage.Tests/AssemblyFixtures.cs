using Slipway.Testing.Postgres;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
