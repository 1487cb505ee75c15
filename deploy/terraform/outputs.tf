locals {
  irsa_annotations = {
    for name in keys(local.services) : name => var.irsa ? { annotations = { "eks.amazonaws.com/role-arn" = aws_iam_role.account[name].arn } } : {}
  }
  service_accounts = {
    for name, service in local.services : name => { serviceAccount = merge({ name = service.account }, local.irsa_annotations[name]) }
  }
  database_host = { database = { host = aws_rds_cluster.this.endpoint } }

  # Auto Mode's controller has no class of its own; it takes scheme and subnets from this one.
  auto_mode = {
    ingress = { className = "auto-alb" }
    extraObjects = [
      {
        apiVersion = "eks.amazonaws.com/v1", kind = "IngressClassParams", metadata = { name = "auto-alb" }
        spec       = { scheme = "internet-facing" }
      },
      {
        apiVersion = "networking.k8s.io/v1", kind = "IngressClass", metadata = { name = "auto-alb" }
        spec = {
          controller = "eks.amazonaws.com/alb"
          parameters = { apiGroup = "eks.amazonaws.com", kind = "IngressClassParams", name = "auto-alb" }
        }
      },
    ]
  }

  # What the chart has to know of the cloud; what is a matter of taste stays in helm/values-eks.yaml, which comes before it.
  values = merge(local.oidc, var.issuer, {
    database = { tls = { mode = "verify-full", caConfigMap = "rds-ca" } }
    kafka = {
      bootstrapServers = local.kafka_servers
      securityProtocol = "SASL_SSL"
      auth             = { mechanism = "iam" }
      topics           = { partitions = var.kafka_partitions, replicationFactor = 3 }
    }
    provision    = local.service_accounts.provision
    booking      = merge(local.service_accounts.booking, local.database_host)
    availability = merge(local.service_accounts.availability, local.database_host)
    notify       = merge(local.service_accounts.notify, { allowedOrigins = concat(["https://${var.host}"], var.site_origins) })
    ingress      = merge({ enabled = true, host = var.host }, var.auto_mode ? local.auto_mode.ingress : {})
    alb = {
      scheme             = "internet-facing"
      certificateArn     = local.certificate_arn
      deletionProtection = var.deletion_protection
      wafAclArn          = var.waf_acl_arn == null ? "" : var.waf_acl_arn
      accessLogs         = { bucket = aws_s3_bucket.logs.id, prefix = "lasttable" }
    }
    externalSecrets = {
      enabled              = true
      store                = { name = "aws-secrets-manager", kind = "ClusterSecretStore" }
      bookingDatabase      = aws_secretsmanager_secret.this["booking-database"].name
      availabilityDatabase = aws_secretsmanager_secret.this["availability-database"].name
      watchTokenKey        = aws_secretsmanager_secret.this["watch-token"].name
    }
    networkPolicy = {
      ingressCidrs  = values(local.public_cidrs)
      databaseCidrs = values(local.data_cidrs)
      kafkaCidrs    = local.kafka_cidrs
      kafkaPorts    = [9098]
    }
  }, { extraObjects = [for object in local.auto_mode.extraObjects : object if var.auto_mode] })
}

output "values" {
  description = "Values for the chart, to come after helm/values-eks.yaml."
  value       = yamlencode(local.values)
}

output "database" {
  description = "What databases.sh asks for: the cluster, the master's secret, and the two users'."
  value = {
    cluster      = aws_rds_cluster.this.arn
    master       = try(aws_rds_cluster.this.master_user_secret[0].secret_arn, "")
    booking      = aws_secretsmanager_secret.this["booking-database"].arn
    availability = aws_secretsmanager_secret.this["availability-database"].arn
  }
}

output "kubeconfig" {
  description = "Command that lets kubectl reach the cluster."
  value       = "aws eks update-kubeconfig --region ${var.region} --name ${aws_eks_cluster.this.name}"
}

output "vpc_id" {
  description = "VPC, which the load balancer controller is told."
  value       = aws_vpc.this.id
}
