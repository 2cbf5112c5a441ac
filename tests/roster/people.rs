//! Lists of people compared with what is known.

use quorate::roster::{Absent, Contact, Scope};

use super::{faults, plan, planned, world};

#[test]
fn columns_are_known_by_the_names_people_use_in_any_order_below_a_title() {
    let lists = [
        "E-mail,Full name,Organisation,Role,Contact?\nx@y.example,Ann Lee,Northwind Energy Supply,Party,Yes\n",
        "People of 2026\n\nParty;Surname;First name;Email address;Nominated contact;Shoe size\nnorthwind;Lee;Ann;x@y.example;y;40",
        "party,contact,MAIL\nNORTHWIND ENERGY SUPPLY LIMITED,Ann Lee,x@y.example",
    ];
    for list in lists {
        let plan = plan(list);
        let [added] = plan.added.as_slice() else { panic!("{plan:?}") };
        assert_eq!(
            (added.name.as_str(), added.email.as_str(), added.party.as_str()),
            ("Ann Lee", "x@y.example", "northwind")
        );
        assert_eq!(added.offices, ["party"]);
        assert_eq!(added.contact, if list.starts_with("party") { Contact::Unstated } else { Contact::Yes });
        assert_eq!(plan.notes.len(), usize::from(list.contains("Shoe")), "{:?}", plan.notes);
    }
}

#[test]
fn a_person_is_known_by_id_else_by_address_else_by_name() {
    let plan = plan(
        "Party,Id,Name,Email\n\
         northwind,priya,Priya Patel,pp@northwind.example\n\
         northwind,,Omar Sayed,OMAR.SAID@northwind.example\n\
         albion-gas,,Callum Reid,callum@new.example\n",
    );
    assert_eq!((plan.added.len(), plan.unchanged), (0, 0));
    let changes: Vec<_> = plan
        .changed
        .iter()
        .map(|change| {
            let fields: Vec<_> = change.differences.iter().map(|difference| difference.field).collect();
            (change.person.id.as_str(), fields.join(" "))
        })
        .collect();
    let expected = [("priya", "Name E-mail"), ("northwind-1", "Name E-mail"), ("callum", "E-mail")]
        .map(|(id, f)| (id, f.to_owned()));
    assert_eq!(changes, expected);
}

#[test]
fn somebody_new_gets_an_id_that_says_nothing_of_them_and_was_nobodys() {
    let plan = plan("Party,Name,Email\nnorthwind,Ann Lee,ann@x.example\nnorthwind,Bob Orr,bob@x.example\n");
    let ids: Vec<_> = plan.added.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(ids, ["northwind-3", "northwind-4"], "1 is taken, and 2 was somebody's who left");
}

#[test]
fn every_faulty_row_is_told_with_its_place_and_how_to_mend_it() {
    let told = faults(
        "Party,Party name,Id,Name,Email,Offices,Contact\n\
         Nortwind Energy Suply,,,Ann,a@x.example,,\n\
         northwind,Albion Gas Networks,,Bea,b@x.example,,\n\
         northwind,,Bad Id,Cy,c@x.example,,\n\
         northwind,,,,d@x.example,,\n\
         northwind,,,Eve,e@@x.example,,\n\
         northwind,,,Fay,f@x.example,chairman,\n\
         northwind,,,Gus,g@x.example,secas,\n\
         northwind,,,Hal,h@x.example,,perhaps\n\
         northwind,,northwind-2,Ida,i@x.example,,\n\
         northwind,,callum,Jan,j@x.example,,\n\
         northwind,,priya,Priya Nair,priya@x.example,,\n\
         northwind,,priya,Priya Nair,priya@y.example,,\n\
         secas,,,Kim,k@x.example,,yes\n\
         ,,,Lou,l@x.example,,\n\
         northwind,,,Max,m@x.example,,\n\
         northwind,,,Maxine,M@x.example,,\n",
    );
    // What cannot be read is told first; what is read but cannot be, once everything can be read.
    let expected = [
        "line 4, Id: \"Bad Id\" is no id; use 1 to 64 small letters",
        "line 5, Name: it is empty; write the name",
        "line 6, E-mail: ",
        "line 7, Offices: there is no office \"chairman\"; write party, dcc or secas",
        "line 9, Contact: \"perhaps\" is neither yes nor no",
    ];
    for line in expected {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert_eq!(told.lines().count(), expected.len(), "{told}");
}

#[test]
fn rows_that_can_be_read_but_not_taken_over_are_all_told() {
    let told = faults(
        "Party,Party name,Id,Name,Email,Offices,Contact\n\
         Nortwind Energy Suply,,,Ann,a@x.example,,\n\
         northwind,Albion Gas Networks,,Bea,b@x.example,,\n\
         northwind,,,Gus,g@x.example,secas,\n\
         northwind,,northwind-2,Ida,i@x.example,,\n\
         northwind,,callum,Jan,j@x.example,,\n\
         northwind,,priya,Priya Nair,priya@x.example,,\n\
         northwind,,priya,Priya Nair,priya@y.example,,\n\
         secas,,,Kim,k@x.example,,yes\n\
         ,,,Lou,l@x.example,,\n\
         northwind,,,Max,m@x.example,,\n\
         northwind,,,Maxine,M@x.example,,\n\
         Zebra,,,Nat,n@x.example,,\n",
    );
    let expected = [
        "line 2, Party: there is no organisation \"Nortwind Energy Suply\"; did you mean \"Northwind Energy Supply Ltd\"?",
        "line 3, Party name: this is Albion Gas Networks, but the column Party says Northwind Energy Supply Ltd",
        "line 4, Offices: people of Northwind Energy Supply Ltd cannot hold the office secas; theirs is party",
        "line 5, Id: \"northwind-2\" was the id of somebody who left",
        "line 6, Id: \"callum\" acts for \"albion-gas\", not for \"northwind\"",
        "line 8, Name: this is the same person as in line 7",
        "line 9, Contact: consultations do not ask SECAS",
        "line 10, Party: it is empty; write the organisation's id or name",
        "line 12, Name: this is the same person as in line 11",
        "line 13, Party: there is no organisation \"Zebra\"; add the organisation first",
    ];
    for line in expected {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert_eq!(told.lines().count(), expected.len(), "{told}");
}

#[test]
fn a_list_without_the_columns_it_needs_says_which() {
    assert!(faults("Northwind,Ann\nx,y\n").starts_with("the columns: no row names them; write a first row"));
    assert!(
        faults("Party,Name\nnorthwind,Ann\n").contains("E-mail: there is no such column; add a column headed E-mail")
    );
    assert!(faults("Name,Name,Email\nA,B,c@x.example\n").contains("line 1, Name: two columns have this meaning"));
}

#[test]
fn people_left_out_stay_unless_they_are_said_to_have_left() {
    let list = "Party,Name,Email\nnorthwind,Priya Nair,priya.nair@northwind.example\n";
    let kept = plan(list);
    assert_eq!(kept.kept.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), ["northwind-1"]);
    assert_eq!((kept.removed.len(), kept.unchanged), (0, 1));
    let removed = planned(list, &world(), Scope::All, Absent::Remove).unwrap();
    assert_eq!(removed.removed.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), ["northwind-1"]);
    assert!(removed.kept.is_empty());
}

#[test]
fn a_list_shuts_out_neither_its_bringer_nor_secas() {
    let list = "Party,Id,Name,Email,Offices\nsecas,secas-9,Kim,kim@secas.example,secas\n";
    let told = planned(list, &world(), Scope::All, Absent::Remove).unwrap_err().to_string();
    assert!(told.contains("it leaves you out"), "{told}");
    let mut known = world();
    known.people.retain(|person| person.party != "secas");
    let list = "Party,Name,Email\nalbion-gas,Callum Reid,callum.reid@albion-gas.example\n";
    assert!(planned(list, &known, Scope::All, Absent::Remove).is_ok(), "nobody acted for SECAS before either");
}

#[test]
fn a_party_brings_only_its_own_people_and_need_not_name_itself() {
    let own = Scope::Own("northwind");
    let plan = planned("Name,Email\nAnn Lee,a@x.example\n", &world(), own, Absent::Keep).unwrap();
    assert_eq!(plan.added[0].party, "northwind");
    let other = "Party,Name,Email\nalbion-gas,Ann,a@x.example\n";
    let told = planned(other, &world(), own, Absent::Remove).unwrap_err().to_string();
    assert!(told.contains("line 2, Party: Albion Gas Networks is not your organisation"), "{told}");
    let grab = "Name,Email,Offices\nAnn,a@x.example,secas\n";
    assert!(
        planned(grab, &world(), own, Absent::Keep).unwrap_err().to_string().contains("cannot hold the office secas")
    );
}
