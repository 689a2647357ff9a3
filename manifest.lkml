# The Looker extension "Heap Data Import". npm run build puts the project together that Looker takes.

project_name: "heap_data_import"

# Where the action server answers, without a slash at the end. https, reachable from Looker and from browsers.
constant: ACTION_SERVER_URL {
  value: "https://heap-action.example.com"
  export: override_required
}

# Any connection: the model of the project needs one, the extension does not use it.
constant: CONNECTION_NAME {
  value: "your_connection"
  export: override_required
}

application: heap_data_import {
  label: "Heap Data Import"

  # The bundle lies in this project, so that the extension can say when the action server is down. To load it from the
  # action server instead, replace the next line by:  url: "@{ACTION_SERVER_URL}/extension/bundle.js"
  file: "dist/bundle.js"

  entitlements: {
    # The draft of a sync survives a reload; the environment ID is remembered.
    local_storage: yes
    # Every page has its own address.
    navigation: yes
    # A sync links to its Look.
    new_window: yes
    # Enter goes on in the wizard.
    use_form_submit: yes
    # Rejected rows are saved as a file.
    use_downloads: yes
    core_api_methods: [
      "all_datagroups",
      "all_integrations",
      "all_scheduled_plans",
      "all_timezones",
      "create_scheduled_plan",
      "delete_scheduled_plan",
      "fetch_integration_form",
      "look",
      "me",
      "run_look",
      "scheduled_plan",
      "scheduled_plan_run_once",
      "scheduled_plan_run_once_by_id",
      "search_looks",
      "update_scheduled_plan",
      "user"
    ]
    # Checks of every row, and the progress of imports.
    external_api_urls: ["@{ACTION_SERVER_URL}"]
    # How dates are written.
    global_user_attributes: ["locale"]
    # Only read: the address of the action server.
    scoped_user_attributes: ["action_server_url"]
  }
}

# For admins: sets up in Looker what its API can. Its entitlements are its own, so that analysts' pages have none of them;
# and Looker lets nobody do more by them than the person may anyway.
application: heap_data_import_set_up {
  label: "Heap Data Import: set-up"
  file: "dist/set-up.js"

  entitlements: {
    # What an admin needs is copied.
    use_clipboard: yes
    core_api_methods: [
      "accept_integration_hub_legal_agreement",
      "all_integration_hubs",
      "all_integrations",
      "all_lookml_models",
      "all_projects",
      "all_roles",
      "all_scheduled_plans",
      "all_user_attributes",
      "create_integration_hub",
      "create_user_attribute",
      "delete_user_attribute",
      "integration",
      "integration_hub",
      "me",
      "test_integration",
      "update_integration",
      "update_integration_hub",
      "update_user_attribute"
    ]
    # Tokens are tried before they are written.
    external_api_urls: ["@{ACTION_SERVER_URL}"]
  }
}
