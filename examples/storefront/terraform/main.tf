# The infrastructure of the storefront as its outputs show it. terraform_data stands in for the AWS resources, so that
# `terraform init && terraform apply` works on any machine: no provider, no account, no network.

terraform {
  required_version = ">= 1.4"
}

variable "project" {
  type    = string
  default = "storefront"
}

variable "environment" {
  type    = string
  default = "production"
}

variable "region" {
  type    = string
  default = "us-east-1"
}

variable "account_id" {
  type    = string
  default = "123456789012"
}

variable "database_password" {
  type      = string
  sensitive = true
  default   = "kept-out-of-every-file"
}

locals {
  name     = "${var.project}-${var.environment}"
  registry = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com"
  oidc     = "oidc.eks.${var.region}.amazonaws.com/id/5D2F0C9A7B3E4816A0C4E1F29B7D8E63"

  # One repository a service, and one that none of them uses.
  repositories = [
    "web-ui", "admin-dashboard", "api-gateway",
    "auth-service", "user-service", "product-service", "order-service", "payment-service", "notification-service",
    "event-processor", "analytics-service", "report-generator", "data-aggregator", "image-processor",
    "db-proxy", "cache-manager", "config-service", "metrics-collector", "queue-monitor", "health-checker",
    "load-generator",
  ]
}

resource "terraform_data" "vpc" {
  input = {
    id              = "vpc-0c1f4a7d2be98f360"
    cidr_block      = "10.20.0.0/16"
    private_subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0b2c3d4e5f6071829", "subnet-0c3d4e5f607182930"]
  }
}

resource "terraform_data" "database" {
  input = {
    identifier = "${local.name}-postgres"
    address    = "${local.name}-postgres.c9akciq32xyz.${var.region}.rds.amazonaws.com"
    port       = 5432
    db_name    = "storefront"
    secret_arn = "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:${var.project}/${var.environment}/database-Ab1Cd2"
  }
}

resource "terraform_data" "cache" {
  input = {
    replication_group_id     = "${local.name}-redis"
    primary_endpoint_address = "master.${local.name}-redis.x7k2pq.use1.cache.amazonaws.com"
    port                     = 6379
    secret_name              = "${var.project}/${var.environment}/redis"
  }
}

resource "terraform_data" "images" {
  input = {
    bucket     = "${local.name}-images"
    arn        = "arn:aws:s3:::${local.name}-images"
    policy_arn = "arn:aws:iam::${var.account_id}:policy/${local.name}-images-access"
  }
}

resource "terraform_data" "repository" {
  for_each = toset(local.repositories)
  input    = "${local.registry}/${var.project}-${each.key}"
}

resource "terraform_data" "cluster" {
  input = {
    name              = "${local.name}-eks"
    endpoint          = "https://5D2F0C9A7B3E4816A0C4E1F29B7D8E63.gr7.${var.region}.eks.amazonaws.com"
    oidc_issuer_url   = "https://${local.oidc}"
    oidc_provider_arn = "arn:aws:iam::${var.account_id}:oidc-provider/${local.oidc}"
  }
}

resource "terraform_data" "role" {
  for_each = toset(["external-secrets", "processing", "infrastructure"])
  input    = "arn:aws:iam::${var.account_id}:role/${var.project}-${each.key}-role"
}
