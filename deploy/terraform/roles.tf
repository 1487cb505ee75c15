# Who may do what, a role for each service account. The policies are files, so that they can be read and used without Terraform.

locals {
  pods_security_group = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id

  # The same ARN with another kind in it: cluster/name/uuid, topic/name/uuid/<topic>, ...
  kafka = {
    cluster      = local.kafka_arn
    topics       = replace(local.kafka_arn, ":cluster/", ":topic/")
    groups       = replace(local.kafka_arn, ":cluster/", ":group/")
    transactions = replace(local.kafka_arn, ":cluster/", ":transactional-id/")
  }

  services = {
    for name in ["provision", "booking", "availability", "notify"] : name => {
      namespace = var.namespace
      account   = "lasttable-${name}"
      policy    = templatefile("${path.module}/policies/${name}.json", local.kafka)
    }
  }

  controllers = merge(
    {
      external-secrets = {
        namespace = "external-secrets"
        account   = "external-secrets"
        policy = templatefile("${path.module}/policies/external-secrets.json", {
          secrets = jsonencode([for secret in aws_secretsmanager_secret.this : secret.arn])
          key     = aws_kms_key.this.arn
        })
      }
    },
    # In Auto Mode AWS runs the controller, with the cluster's role.
    var.auto_mode ? {} : {
      load-balancer-controller = {
        namespace = "kube-system"
        account   = "aws-load-balancer-controller"
        policy = templatefile("${path.module}/policies/load-balancer-controller.json", {
          partition           = local.partition
          region              = var.region
          account             = local.account
          cluster             = aws_eks_cluster.this.name
          vpc                 = aws_vpc.this.arn
          pods_security_group = "arn:${local.partition}:ec2:${var.region}:${local.account}:security-group/${local.pods_security_group}"
        })
      }
    },
    var.zone_id == null ? {} : {
      external-dns = {
        namespace = "external-dns"
        account   = "external-dns"
        policy    = templatefile("${path.module}/policies/external-dns.json", { partition = local.partition, zone = var.zone_id })
      }
    },
  )

  accounts = merge(local.services, local.controllers)
  issuer   = trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")
}

resource "aws_iam_openid_connect_provider" "cluster" {
  count          = var.irsa ? 1 : 0
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "trust" {
  for_each = local.accounts

  dynamic "statement" {
    for_each = var.irsa ? [] : [1]
    content {
      actions = ["sts:AssumeRole", "sts:TagSession"]
      principals {
        type        = "Service"
        identifiers = ["pods.eks.amazonaws.com"]
      }
      # Only pods of this cluster under this account, whoever else may make associations.
      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/kubernetes-namespace"
        values   = [each.value.namespace]
      }
      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/kubernetes-service-account"
        values   = [each.value.account]
      }
      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/eks-cluster-name"
        values   = [var.name]
      }
    }
  }

  dynamic "statement" {
    for_each = var.irsa ? [1] : []
    content {
      actions = ["sts:AssumeRoleWithWebIdentity"]
      principals {
        type        = "Federated"
        identifiers = [aws_iam_openid_connect_provider.cluster[0].arn]
      }
      condition {
        test     = "StringEquals"
        variable = "${local.issuer}:sub"
        values   = ["system:serviceaccount:${each.value.namespace}:${each.value.account}"]
      }
      condition {
        test     = "StringEquals"
        variable = "${local.issuer}:aud"
        values   = ["sts.amazonaws.com"]
      }
    }
  }
}

resource "aws_iam_role" "account" {
  for_each           = local.accounts
  name               = "${var.name}-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.trust[each.key].json
}

resource "aws_iam_policy" "account" {
  for_each = local.accounts
  name     = "${var.name}-${each.key}"
  # Read and written anew: without line breaks it is a third shorter, and AWS counts.
  policy = jsonencode(jsondecode(each.value.policy))
}

resource "aws_iam_role_policy_attachment" "account" {
  for_each   = local.accounts
  role       = aws_iam_role.account[each.key].name
  policy_arn = aws_iam_policy.account[each.key].arn
}

resource "aws_eks_pod_identity_association" "account" {
  for_each        = var.irsa ? {} : local.accounts
  cluster_name    = aws_eks_cluster.this.name
  namespace       = each.value.namespace
  service_account = each.value.account
  role_arn        = aws_iam_role.account[each.key].arn
}
