locals {
  own_kafka     = var.existing_kafka == null
  kafka_arn     = local.own_kafka ? aws_msk_cluster.this[0].arn : var.existing_kafka.arn
  kafka_servers = local.own_kafka ? aws_msk_cluster.this[0].bootstrap_brokers_sasl_iam : var.existing_kafka.bootstrap_servers
  kafka_cidrs   = local.own_kafka ? values(local.data_cidrs) : var.existing_kafka.cidrs
}

resource "aws_security_group" "kafka" {
  count       = local.own_kafka ? 1 : 0
  name        = "${var.name}-kafka"
  description = "Kafka with IAM, for the cluster's pods"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-kafka" }
}

resource "aws_vpc_security_group_ingress_rule" "kafka" {
  count                        = local.own_kafka ? 1 : 0
  security_group_id            = aws_security_group.kafka[0].id
  referenced_security_group_id = local.pods_security_group
  description                  = "Pods"
  ip_protocol                  = "tcp"
  from_port                    = 9098
  to_port                      = 9098
}

# The chart's provision makes the topics with what they need each; this is what brokers have to allow. docs/deployment/msk.md.
resource "aws_msk_configuration" "this" {
  count          = local.own_kafka ? 1 : 0
  name           = "${var.name}-${replace(var.kafka.version, ".", "-")}"
  kafka_versions = [var.kafka.version]
  server_properties = join("\n", [
    "auto.create.topics.enable=false",
    "default.replication.factor=3",
    "min.insync.replicas=2",
    "offsets.topic.replication.factor=3",
    "transaction.state.log.replication.factor=3",
    "transaction.state.log.min.isr=2",
    "unclean.leader.election.enable=false",
  ])

  lifecycle { create_before_destroy = true }
}

resource "aws_cloudwatch_log_group" "kafka" {
  count             = local.own_kafka ? 1 : 0
  name              = "/aws/msk/${var.name}"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_msk_cluster" "this" {
  count                  = local.own_kafka ? 1 : 0
  cluster_name           = var.name
  kafka_version          = var.kafka.version
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"

  broker_node_group_info {
    instance_type   = var.kafka.instance_type
    client_subnets  = [for subnet in aws_subnet.data : subnet.id]
    security_groups = [aws_security_group.kafka[0].id]

    storage_info {
      ebs_storage_info { volume_size = var.kafka.storage }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this[0].arn
    revision = aws_msk_configuration.this[0].latest_revision
  }

  client_authentication {
    unauthenticated = false
    sasl { iam = true }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.this.arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  open_monitoring {
    prometheus {
      jmx_exporter { enabled_in_broker = true }
      node_exporter { enabled_in_broker = true }
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.kafka[0].name
      }
    }
  }
}
