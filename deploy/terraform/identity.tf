# A Cognito user pool as docs/deployment/identity.md says: a resource server with our scopes, a public client for the host's page,
# a client for each machine, and a trigger that says in each token which venues it is for.

locals {
  scopes = {
    "venues:write"          = "Create and change venues"
    "reservations:write"    = "Book, move, cancel, seat"
    "reservations:book"     = "Book as a guest"
    "reservations:read"     = "Read reservations and guests"
    "reservations:override" = "Set limits aside"
    "guests:read"           = "Guests in answers to own commands"
    "guests:write"          = "Guests' profiles"
    "guests:erase"          = "Erase a guest"
    "webhooks:write"        = "Make webhooks"
    "webhooks:read"         = "Read webhooks and their log"
  }
  own_issuer  = var.issuer == null
  host_scopes = ["venues:write", "reservations:write", "reservations:read", "guests:read"]
  machines    = local.own_issuer ? var.machines : {}
  issuer_url  = local.own_issuer ? "https://cognito-idp.${var.region}.amazonaws.com/${aws_cognito_user_pool.this[0].id}" : null

  oidc = local.own_issuer ? {
    auth = { issuerUrl = local.issuer_url }
    oidc = {
      audience    = concat([aws_cognito_user_pool_client.host[0].id], [for client in aws_cognito_user_pool_client.machine : client.id])
      scopePrefix = "lasttable/"
    }
    web = {
      signIn = {
        clientId = aws_cognito_user_pool_client.host[0].id
        scope    = join(" ", concat(["openid"], [for scope in local.host_scopes : "lasttable/${scope}"]))
        connect  = ["https://${aws_cognito_user_pool_domain.this[0].domain}.auth.${var.region}.amazoncognito.com"]
      }
    }
  } : null
}

resource "aws_cognito_user_pool" "this" {
  count               = local.own_issuer ? 1 : 0
  name                = var.name
  user_pool_tier      = "ESSENTIALS"
  deletion_protection = var.deletion_protection ? "ACTIVE" : "INACTIVE"
  username_attributes = ["email"]
  mfa_configuration   = "OPTIONAL"

  software_token_mfa_configuration { enabled = true }

  # Staff are invited; nobody signs up.
  admin_create_user_config { allow_admin_create_user_only = true }

  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
    temporary_password_validity_days = 7
  }

  lambda_config {
    pre_token_generation_config {
      lambda_arn     = local.trigger_arn
      lambda_version = "V3_0"
    }
  }

  depends_on = [aws_cloudformation_stack.trigger]
}

resource "aws_cognito_user_pool_domain" "this" {
  count        = local.own_issuer ? 1 : 0
  domain       = "${var.name}-${local.account}"
  user_pool_id = aws_cognito_user_pool.this[0].id
}

resource "aws_cognito_resource_server" "this" {
  count        = local.own_issuer ? 1 : 0
  identifier   = "lasttable"
  name         = "Lasttable"
  user_pool_id = aws_cognito_user_pool.this[0].id

  dynamic "scope" {
    for_each = local.scopes
    content {
      scope_name        = scope.key
      scope_description = scope.value
    }
  }
}

resource "aws_cognito_user_pool_client" "host" {
  count                                = local.own_issuer ? 1 : 0
  name                                 = "host"
  user_pool_id                         = aws_cognito_user_pool.this[0].id
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = concat(["openid"], [for scope in local.host_scopes : "lasttable/${scope}"])
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = [for page in ["staff", "setup"] : "https://${var.host}/web/v1/${page}.html"]
  logout_urls                          = [for page in ["staff", "setup"] : "https://${var.host}/web/v1/${page}.html"]
  prevent_user_existence_errors        = "ENABLED"
  enable_token_revocation              = true
  depends_on                           = [aws_cognito_resource_server.this]
}

resource "aws_cognito_user_pool_client" "machine" {
  for_each                             = local.machines
  name                                 = each.key
  user_pool_id                         = aws_cognito_user_pool.this[0].id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_scopes                 = [for scope in each.value.scopes : "lasttable/${scope}"]
  enable_token_revocation              = true
  prevent_user_existence_errors        = "ENABLED"
  depends_on                           = [aws_cognito_resource_server.this]
}

# Read by the trigger while it runs: its own environment could not name clients of the pool that names it.
resource "aws_ssm_parameter" "machines" {
  count  = local.own_issuer ? 1 : 0
  name   = local.machines_parameter
  type   = "SecureString"
  key_id = aws_kms_key.this.arn
  value  = jsonencode({ for name, client in aws_cognito_user_pool_client.machine : client.id => local.machines[name].venues })
}

locals {
  machines_parameter = "/${var.name}/machines"
  trigger_name       = "${var.name}-venues-of-a-token"
  trigger_arn        = "arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.trigger_name}"
}

resource "aws_cloudwatch_log_group" "trigger" {
  count             = local.own_issuer ? 1 : 0
  name              = "/aws/lambda/${local.trigger_name}"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_iam_role" "trigger" {
  count = local.own_issuer ? 1 : 0
  name  = local.trigger_name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "trigger" {
  count = local.own_issuer ? 1 : 0
  name  = "run"
  role  = aws_iam_role.trigger[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow", Action = "ssm:GetParameter"
        Resource = "arn:${local.partition}:ssm:${var.region}:${local.account}:parameter${local.machines_parameter}"
      },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.this.arn },
      {
        Effect   = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.trigger[0].arn}:*"
      },
    ]
  })
}

# CloudFormation takes the code as text; the provider alone wants an archive, which would need another provider, or a binary here.
resource "aws_cloudformation_stack" "trigger" {
  count = local.own_issuer ? 1 : 0
  name  = local.trigger_name
  template_body = jsonencode({
    Resources = {
      Function = {
        Type = "AWS::Lambda::Function"
        Properties = {
          FunctionName = local.trigger_name
          Runtime      = "nodejs22.x"
          Handler      = "index.handler"
          Role         = aws_iam_role.trigger[0].arn
          Timeout      = 5
          Environment  = { Variables = { MACHINES = local.machines_parameter } }
          Code         = { ZipFile = file("${path.module}/lambda/index.js") }
        }
      }
    }
  })
  depends_on = [aws_iam_role_policy.trigger, aws_cloudwatch_log_group.trigger]
}

resource "aws_lambda_permission" "trigger" {
  count         = local.own_issuer ? 1 : 0
  statement_id  = "cognito"
  action        = "lambda:InvokeFunction"
  function_name = local.trigger_name
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = aws_cognito_user_pool.this[0].arn
  depends_on    = [aws_cloudformation_stack.trigger]
}
